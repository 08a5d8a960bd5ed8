import { operation } from '../../../service.ts';
import { describeRole, findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = (context: IamContext) =>
  operation('iam', 'GetRole', {
    accepts: 'all',
    access: onRole(context, 'GetRole'),
    handle(input) {
      return { Role: { ...describeRole(findRole(context, input.RoleName)), RoleLastUsed: {} } };
    },
  });
