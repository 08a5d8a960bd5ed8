import { operation } from '../../../service.ts';
import { findRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies = (context: IamContext) =>
  operation('iam', 'ListAttachedRolePolicies', {
    accepts: ['RoleName'],
    access: onRole(context, 'ListAttachedRolePolicies'),
    handle(input) {
      return {
        AttachedPolicies: findRole(context, input.RoleName).attachedPolicyArns.map((PolicyArn) => ({
          PolicyArn,
          PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
        })),
        IsTruncated: false,
      };
    },
  });
