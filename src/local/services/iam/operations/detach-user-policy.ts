import { operation } from '../../../service.ts';
import { changeUser, type IamContext, onUser } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy = (context: IamContext) =>
  operation('iam', 'DetachUserPolicy', {
    accepts: 'all',
    access: onUser(context, 'DetachUserPolicy'),
    handle(input) {
      changeUser(context, input.UserName, (user) => ({
        attachedPolicyArns: user.attachedPolicyArns.filter((arn) => arn !== input.PolicyArn),
      }));
      return {};
    },
  });
