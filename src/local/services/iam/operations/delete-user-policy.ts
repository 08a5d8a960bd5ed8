import { lookup } from '../../../../core/lookup.ts';
import { operation } from '../../../service.ts';
import { changeUser, type IamContext, notFound, onUser, without } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy = (context: IamContext) =>
  operation('iam', 'DeleteUserPolicy', {
    accepts: 'all',
    access: onUser(context, 'DeleteUserPolicy'),
    handle(input) {
      const name = input.PolicyName ?? '';
      changeUser(context, input.UserName, (user) => {
        if (lookup(user.inlinePolicies, name) === undefined)
          throw notFound(`The user policy with name ${name} cannot be found.`);
        return { inlinePolicies: without(user.inlinePolicies, name) };
      });
      return {};
    },
  });
