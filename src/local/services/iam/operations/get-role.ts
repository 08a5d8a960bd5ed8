import type { GetRoleCommandInput, GetRoleResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../service.ts';
import { describeRole, findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole = (context: IamContext) =>
  operation<GetRoleCommandInput, GetRoleResponse>({
    name: 'GetRole',
    accepts: 'all',
    access: onRole(context, 'GetRole'),
    handle(input) {
      return { Role: describeRole(findRole(context, input.RoleName)) };
    },
  });
