/** Cognito identity pools that hand credentials to people who did not sign in. */
import {
  flagAt,
  isUnresolved,
  listAt,
  type Resource,
  type Step,
  show,
  textAt,
} from '../../../../architecture/index.ts';
import type { DoorContext, DoorKind } from '../door.ts';

/** The role that guests are given. */
export function guestRoles({ app }: Pick<DoorContext, 'app'>, pool: Resource): Step[] {
  return app
    .ofType('AWS::Cognito::IdentityPoolRoleAttachment')
    .filter(({ properties }) => app.namedIn(properties.IdentityPoolId).includes(pool))
    .flatMap((attachment) => {
      const role = textAt(attachment.properties, 'Roles.unauthenticated');
      const to = typeof role === 'string' ? app.named(role) : undefined;
      return to === undefined
        ? []
        : [{ to, by: 'hands out', opens: show(attachment, 'Roles.unauthenticated') }];
    });
}

export const identityPools: DoorKind = (context) => {
  for (const pool of context.app.ofType('AWS::Cognito::IdentityPool')) {
    const flag = flagAt(pool.properties, 'AllowUnauthenticatedIdentities');
    if (isUnresolved(flag)) context.unclear(pool, 'AllowUnauthenticatedIdentities', flag.reason);
    const providers = listAt(pool.properties, 'CognitoIdentityProviders');
    if (flag !== true) continue;
    context.door({
      kind: 'identity-pool',
      resource: pool,
      what: `credentials for guests${providers.length > 0 ? ', beside those who sign in' : ''}`,
      opens: show(pool, 'AllowUnauthenticatedIdentities'),
      guards: [],
      writes: true,
      next: guestRoles(context, pool),
    });
  }
};
