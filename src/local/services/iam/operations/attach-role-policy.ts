import { operation, thrownBy } from '../../../service.ts';
import { changeRole, checkAttachable, type IamContext, onRole } from '../context.ts';
import { checkAttachedCount } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy = (context: IamContext) =>
  operation('iam', 'AttachRolePolicy', {
    accepts: 'all',
    access: (input) => ({
      ...onRole(context, 'AttachRolePolicy')(input),
      context: { 'iam:PolicyARN': input.PolicyArn ?? '' },
    }),
    // Of AWS's own policies it is known which there are.
    *problems({ PolicyArn }) {
      if (PolicyArn?.includes(':iam::aws:')) yield* thrownBy(() => checkAttachable(context, PolicyArn));
    },
    handle(input) {
      const arn = checkAttachable(context, input.PolicyArn);
      changeRole(context, input.RoleName, (role) => ({
        attachedPolicyArns: checkAttachedCount([...new Set([...role.attachedPolicyArns, arn])]),
      }));
      return {};
    },
  });
