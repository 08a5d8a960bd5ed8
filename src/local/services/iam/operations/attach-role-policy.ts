import { operation } from '../../../service.ts';
import { changeRole, checkAttachable, type IamContext, onRole, unattachable } from '../context.ts';
import { checkAttachedCount } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy = (context: IamContext) =>
  operation('iam', 'AttachRolePolicy', {
    accepts: 'all',
    access: (input) => ({
      ...onRole(context, 'AttachRolePolicy')(input),
      context: { 'iam:PolicyARN': input.PolicyArn ?? '' },
    }),
    problems: ({ PolicyArn }) => unattachable(context, PolicyArn),
    handle(input) {
      const arn = checkAttachable(context, input.PolicyArn);
      changeRole(context, input.RoleName, (role) => ({
        attachedPolicyArns: checkAttachedCount([...new Set([...role.attachedPolicyArns, arn])]),
      }));
      return {};
    },
  });
