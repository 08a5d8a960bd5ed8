import { operation } from '../../../service.ts';
import { changeRole, type IamContext, notFound, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy = (context: IamContext) =>
  operation('iam', 'DetachRolePolicy', {
    accepts: 'all',
    access: (input) => ({
      ...onRole(context, 'DetachRolePolicy')(input),
      context: { 'iam:PolicyARN': input.PolicyArn ?? '' },
    }),
    handle(input) {
      changeRole(context, input.RoleName, (role) => {
        if (!role.attachedPolicyArns.includes(input.PolicyArn ?? ''))
          throw notFound(`Policy ${input.PolicyArn} was not found.`);
        return { attachedPolicyArns: role.attachedPolicyArns.filter((arn) => arn !== input.PolicyArn) };
      });
      return {};
    },
  });
