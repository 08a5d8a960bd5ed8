import { operation } from '../../../service.ts';
import { conflict, findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole = (context: IamContext) =>
  operation('iam', 'DeleteRole', {
    accepts: 'all',
    access: onRole(context, 'DeleteRole'),
    handle(input) {
      const role = findRole(context, input.RoleName);
      if (Object.keys(role.inlinePolicies).length > 0)
        throw conflict('Cannot delete entity, must delete policies first.');
      if (role.attachedPolicyArns.length > 0)
        throw conflict('Cannot delete entity, must detach all policies first.');
      context.identities.roles.delete(role.name);
      context.identities.changed();
      return {};
    },
  });
