import { operation } from '../../../service.ts';
import { findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies = (context: IamContext) =>
  operation('iam', 'ListRolePolicies', {
    accepts: ['RoleName'],
    access: onRole(context, 'ListRolePolicies'),
    handle(input) {
      return {
        PolicyNames: Object.keys(findRole(context, input.RoleName).inlinePolicies),
        IsTruncated: false,
      };
    },
  });
