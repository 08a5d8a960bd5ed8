import type { ListRolePoliciesCommandInput, ListRolePoliciesResponse } from '@aws-sdk/client-iam';
import { operation } from '../../../service.ts';
import { findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies = (context: IamContext) =>
  operation<ListRolePoliciesCommandInput, ListRolePoliciesResponse>({
    name: 'ListRolePolicies',
    accepts: ['RoleName'],
    access: onRole(context, 'ListRolePolicies'),
    handle(input) {
      return {
        PolicyNames: Object.keys(findRole(context, input.RoleName).inlinePolicies),
        IsTruncated: false,
      };
    },
  });
