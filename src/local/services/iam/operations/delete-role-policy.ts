import { lookup } from '../../../../core/lookup.ts';
import { operation } from '../../../service.ts';
import { changeRole, type IamContext, notFound, onRole, without } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy = (context: IamContext) =>
  operation('iam', 'DeleteRolePolicy', {
    accepts: 'all',
    access: onRole(context, 'DeleteRolePolicy'),
    handle(input) {
      const name = input.PolicyName ?? '';
      changeRole(context, input.RoleName, (role) => {
        if (lookup(role.inlinePolicies, name) === undefined)
          throw notFound(`The role policy with name ${name} cannot be found.`);
        return { inlinePolicies: without(role.inlinePolicies, name) };
      });
      return {};
    },
  });
