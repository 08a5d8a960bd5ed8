/** The roles that API Gateway takes on: for integrations, authorizers and logs. */
import type { Invoke, ServiceEnvironment, SessionCredentials } from '../service.ts';

export interface RoleInvokes {
  as(roleArn: string): Promise<Invoke>;
  session(roleArn: string): Promise<SessionCredentials>;
}

/** Sessions of the roles that API Gateway takes on, kept until shortly before they expire. */
export function createRoleInvokes(env: ServiceEnvironment): RoleInvokes {
  const sessions = new Map<string, SessionCredentials>();
  const session = async (roleArn: string) => {
    const kept = sessions.get(roleArn);
    if (kept && kept.expiration > env.clock.wall() + 60_000) return kept;
    const made = await env.assumeRole(roleArn, 'apigateway.amazonaws.com', 'BackplaneAssumeRoleSession');
    sessions.set(roleArn, made);
    return made;
  };
  return { session, as: async (roleArn) => env.as((await session(roleArn)).caller) };
}
