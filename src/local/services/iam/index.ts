/**
 * AWS IAM: roles, users, access keys and policies. What is written here is what every call is held to.
 * Groups, instance profiles, SAML and OIDC providers are refused by name.
 */
import type { IdentityStore } from '../../iam/identity-store.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import { attachRolePolicy } from './operations/attach-role-policy.ts';
import { attachUserPolicy } from './operations/attach-user-policy.ts';
import { createAccessKey } from './operations/create-access-key.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createPolicyVersion } from './operations/create-policy-version.ts';
import { createRole } from './operations/create-role.ts';
import { createUser } from './operations/create-user.ts';
import { deleteAccessKey } from './operations/delete-access-key.ts';
import { deletePolicy } from './operations/delete-policy.ts';
import { deletePolicyVersion } from './operations/delete-policy-version.ts';
import { deleteRole } from './operations/delete-role.ts';
import { deleteRolePermissionsBoundary } from './operations/delete-role-permissions-boundary.ts';
import { deleteRolePolicy } from './operations/delete-role-policy.ts';
import { deleteUser } from './operations/delete-user.ts';
import { deleteUserPolicy } from './operations/delete-user-policy.ts';
import { detachRolePolicy } from './operations/detach-role-policy.ts';
import { detachUserPolicy } from './operations/detach-user-policy.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getRole } from './operations/get-role.ts';
import { getRolePolicy } from './operations/get-role-policy.ts';
import { getUser } from './operations/get-user.ts';
import { listAttachedRolePolicies } from './operations/list-attached-role-policies.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listPolicyVersions } from './operations/list-policy-versions.ts';
import { listRolePolicies } from './operations/list-role-policies.ts';
import { listRoles } from './operations/list-roles.ts';
import { putRolePermissionsBoundary } from './operations/put-role-permissions-boundary.ts';
import { putRolePolicy } from './operations/put-role-policy.ts';
import { putUserPolicy } from './operations/put-user-policy.ts';
import { tagRole } from './operations/tag-role.ts';
import { untagRole } from './operations/untag-role.ts';
import { updateAssumeRolePolicy } from './operations/update-assume-role-policy.ts';
import { updateRole } from './operations/update-role.ts';
import { managedPolicy } from './resources/managed-policy.ts';
import { policy } from './resources/policy.ts';
import { role } from './resources/role.ts';

export function createIam(env: ServiceEnvironment, identities: IdentityStore): Service {
  const context = { env, identities };
  return {
    operations: [
      attachRolePolicy(context),
      attachUserPolicy(context),
      createAccessKey(context),
      createPolicy(context),
      createPolicyVersion(context),
      createRole(context),
      createUser(context),
      deleteAccessKey(context),
      deletePolicy(context),
      deletePolicyVersion(context),
      deleteRole(context),
      deleteRolePermissionsBoundary(context),
      deleteRolePolicy(context),
      deleteUser(context),
      deleteUserPolicy(context),
      detachRolePolicy(context),
      detachUserPolicy(context),
      getPolicy(context),
      getPolicyVersion(context),
      getRole(context),
      getRolePolicy(context),
      getUser(context),
      listAttachedRolePolicies(context),
      listPolicies(context),
      listPolicyVersions(context),
      listRolePolicies(context),
      listRoles(context),
      putRolePermissionsBoundary(context),
      putRolePolicy(context),
      putUserPolicy(context),
      tagRole(context),
      untagRole(context),
      updateAssumeRolePolicy(context),
      updateRole(context),
    ],
    resourceTypes: [role, policy, managedPolicy],
  };
}
