import { operation } from '../../../service.ts';
import { findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary = (context: IamContext) =>
  operation('iam', 'DeleteRolePermissionsBoundary', {
    accepts: 'all',
    access: onRole(context, 'DeleteRolePermissionsBoundary'),
    handle(input) {
      const { boundaryArn: _, ...role } = findRole(context, input.RoleName);
      context.identities.roles.put(role.name, role);
      context.identities.changed();
      return {};
    },
  });
