import { operation } from '../../../service.ts';
import { describeUser, findUser, type IamContext, onUser } from '../context.ts';

const callerName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser = (context: IamContext) =>
  operation('iam', 'GetUser', {
    accepts: 'all',
    access: (input, call) =>
      onUser(context, 'GetUser')({ UserName: input.UserName ?? callerName(call.caller.arn) }),
    handle(input, call) {
      return { User: describeUser(findUser(context, input.UserName ?? callerName(call.caller.arn))) };
    },
  });
