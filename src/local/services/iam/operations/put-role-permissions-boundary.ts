import { operation } from '../../../service.ts';
import { changeRole, checkAttachable, type IamContext, onRole, unattachable } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary = (context: IamContext) =>
  operation('iam', 'PutRolePermissionsBoundary', {
    accepts: 'all',
    access: onRole(context, 'PutRolePermissionsBoundary'),
    problems: ({ PermissionsBoundary }) => unattachable(context, PermissionsBoundary),
    handle(input) {
      const boundaryArn = checkAttachable(context, input.PermissionsBoundary);
      changeRole(context, input.RoleName, () => ({ boundaryArn }));
      return {};
    },
  });
