import type { AccessCheck } from './service.ts';

/**
 * Whoever hands a role to a service needs iam:PassRole for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const passRole = (service: string, ...roles: readonly (string | undefined)[]): AccessCheck[] =>
  roles.flatMap((resource) =>
    resource ? [{ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } }] : [],
  );
