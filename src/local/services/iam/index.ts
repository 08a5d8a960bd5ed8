/**
 * AWS IAM: roles, users, access keys and policies. What is written here is what every call is held to.
 * Groups, instance profiles, SAML and OIDC providers are refused by name.
 */
import type { IdentityStore } from '../../iam/identity-store.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import * as operations from './operations/index.ts';
import { managedPolicy } from './resources/managed-policy.ts';
import { policy } from './resources/policy.ts';
import { role } from './resources/role.ts';

export function createIam(env: ServiceEnvironment, identities: IdentityStore): Service {
  const context = { env, identities };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [role, policy, managedPolicy],
  };
}
