import { operation } from '../../../service.ts';
import { changeUser, checkName, type IamContext, onUser, readDocument } from '../context.ts';
import { checkInlineSize } from '../quotas.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy = (context: IamContext) =>
  operation('iam', 'PutUserPolicy', {
    accepts: 'all',
    access: onUser(context, 'PutUserPolicy'),
    handle(input) {
      const name = checkName('policyName', input.PolicyName, 128);
      const document = readDocument(input.PolicyDocument, 'identity');
      changeUser(context, input.UserName, (user) => ({
        inlinePolicies: checkInlineSize({ ...user.inlinePolicies, [name]: document }, 'user', user.name),
      }));
      return {};
    },
  });
