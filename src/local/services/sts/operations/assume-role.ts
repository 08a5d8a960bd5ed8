import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { formatArn } from '../../../../core/arn.ts';
import { type PolicyDocument, PolicyError, parsePolicy } from '../../../../iam/index.ts';
import { AwsError, operation } from '../../../service.ts';
import type { StsContext } from '../context.ts';

/**
 * The role's trust policy decides with the caller's own policies, as for every access check. Session tags, MFA
 * and provided contexts are refused by name.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole = ({ env, identities }: StsContext) =>
  operation('sts', 'AssumeRole', {
    accepts: ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'ExternalId', 'SourceIdentity'],
    access(input, call) {
      const role = identities.roles.get(roleName(input.RoleArn));
      // AWS does not tell callers which roles exist.
      if (!role || role.arn !== input.RoleArn)
        throw new AwsError(
          'AccessDenied',
          `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn} (no such role here)`,
          403,
        );
      return {
        action: 'sts:AssumeRole',
        resource: role.arn,
        resourceKind: 'trust',
        resourcePolicy: { name: `trust policy of ${role.name}`, document: role.trustPolicy },
        context: {
          'sts:RoleSessionName': input.RoleSessionName ?? '',
          ...(input.ExternalId ? { 'sts:ExternalId': input.ExternalId } : {}),
        },
      };
    },
    handle(input, call) {
      const role = identities.roles.get(roleName(input.RoleArn));
      if (!role) throw new AwsError('AccessDenied', `${input.RoleArn} was deleted meanwhile`, 403);
      const name = input.RoleSessionName ?? '';
      // A role that assumes a role gets an hour at most.
      const longest = call.caller.kind === 'role-session' ? 3600 : role.maxSessionDuration;
      const seconds = input.DurationSeconds ?? 3600;
      if (seconds > longest)
        throw new AwsError(
          'ValidationError',
          'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
        );
      const session = {
        accessKeyId: `ASIA${env.randomId(16).toUpperCase()}`,
        secretAccessKey: env.randomId(40),
        sessionToken: `Slipway${env.randomId(120)}`,
        expiration: env.clock.wall() + seconds * 1000,
        roleName: role.name,
        roleId: role.id,
        sessionName: name,
        sessionPolicies: sessionPolicies(input),
        ...(input.SourceIdentity ? { sourceIdentity: input.SourceIdentity } : {}),
      };
      identities.sessions.put(session.accessKeyId, session);
      return {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: session.sessionToken,
          Expiration: new Date(session.expiration),
        },
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${name}`,
          Arn: formatArn({
            service: 'sts',
            account: env.accountId,
            resource: `assumed-role/${role.name}/${name}`,
          }),
        },
        ...(input.SourceIdentity ? { SourceIdentity: input.SourceIdentity } : {}),
      };
    },
  });

const roleName = (arn = '') => arn.slice(arn.lastIndexOf('/') + 1);

function sessionPolicies(input: AssumeRoleCommandInput): PolicyDocument[] {
  try {
    return input.Policy ? [parsePolicy(input.Policy, 'identity')] : [];
  } catch (error) {
    if (error instanceof PolicyError) throw new AwsError('MalformedPolicyDocument', error.message);
    throw error;
  }
}
