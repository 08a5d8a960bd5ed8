import { operation } from '../../../service.ts';
import { conflict, findUser, type IamContext, onUser } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser = (context: IamContext) =>
  operation('iam', 'DeleteUser', {
    accepts: 'all',
    access: onUser(context, 'DeleteUser'),
    handle(input) {
      const user = findUser(context, input.UserName);
      const keys = [...context.identities.accessKeys.values()].some((key) => key.userName === user.name);
      if (keys) throw conflict('Cannot delete entity, must delete access keys first.');
      if (Object.keys(user.inlinePolicies).length > 0)
        throw conflict('Cannot delete entity, must delete policies first.');
      if (user.attachedPolicyArns.length > 0)
        throw conflict('Cannot delete entity, must detach all policies first.');
      context.identities.users.delete(user.name);
      context.identities.changed();
      return {};
    },
  });
