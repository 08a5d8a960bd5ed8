import { operation } from '../../../service.ts';
import { describePolicy, findAnyPolicy, type IamContext, onPolicy } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy = (context: IamContext) =>
  operation('iam', 'GetPolicy', {
    accepts: 'all',
    access: onPolicy('GetPolicy'),
    handle(input) {
      return { Policy: describePolicy(context, findAnyPolicy(context, input.PolicyArn)) };
    },
  });
