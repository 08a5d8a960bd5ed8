import { operation, thrownBy } from '../../../service.ts';
import {
  checkAttachable,
  checkName,
  describeNewRole,
  exists,
  type IamContext,
  onRole,
  readTrustPolicy,
  roleArn,
  tagRecord,
  unattachable,
  uniqueId,
} from '../context.ts';
import { checkDocumentSize } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole = (context: IamContext) =>
  operation('iam', 'CreateRole', {
    accepts: [
      'RoleName',
      'Path',
      'AssumeRolePolicyDocument',
      'Description',
      'MaxSessionDuration',
      'PermissionsBoundary',
      'Tags',
    ],
    access: onRole(context, 'CreateRole'),
    *problems({ RoleName, PermissionsBoundary }) {
      yield* thrownBy(() => checkName('roleName', RoleName, 64));
      yield* unattachable(context, PermissionsBoundary);
    },
    handle(input) {
      const name = checkName('roleName', input.RoleName, 64);
      if (context.identities.roles.has(name)) throw exists(`Role with name ${name} already exists.`);
      checkDocumentSize(input.AssumeRolePolicyDocument, 'ACLSizePerRole');
      const role = {
        name,
        path: input.Path ?? '/',
        arn: roleArn(context, input.Path, name),
        id: uniqueId(context.env, 'AROA'),
        ...(input.Description === undefined ? {} : { description: input.Description }),
        trustPolicy: readTrustPolicy(context, input.AssumeRolePolicyDocument),
        inlinePolicies: {},
        attachedPolicyArns: [],
        ...(input.PermissionsBoundary
          ? { boundaryArn: checkAttachable(context, input.PermissionsBoundary) }
          : {}),
        maxSessionDuration: input.MaxSessionDuration ?? 3600,
        createdAt: context.env.clock.now(),
        tags: tagRecord(input.Tags),
      };
      context.identities.roles.put(name, role);
      context.identities.changed();
      return { Role: describeNewRole(role) };
    },
  });
