import { operation } from '../../../service.ts';
import { changeRole, type IamContext, onRole, without } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole = (context: IamContext) =>
  operation('iam', 'UntagRole', {
    accepts: 'all',
    access: onRole(context, 'UntagRole'),
    handle(input) {
      changeRole(context, input.RoleName, (role) => ({ tags: without(role.tags, ...(input.TagKeys ?? [])) }));
      return {};
    },
  });
