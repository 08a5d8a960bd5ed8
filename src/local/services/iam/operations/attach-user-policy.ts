import { operation } from '../../../service.ts';
import { changeUser, checkAttachable, type IamContext, onUser, unattachable } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachUserPolicy = (context: IamContext) =>
  operation('iam', 'AttachUserPolicy', {
    accepts: 'all',
    access: onUser(context, 'AttachUserPolicy'),
    problems: ({ PolicyArn }) => unattachable(context, PolicyArn),
    handle(input) {
      const arn = checkAttachable(context, input.PolicyArn);
      changeUser(context, input.UserName, (user) => ({
        attachedPolicyArns: [...new Set([...user.attachedPolicyArns, arn])],
      }));
      return {};
    },
  });
