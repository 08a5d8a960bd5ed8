import { operation } from '../../../service.ts';
import { changeRole, type IamContext, onRole, tagRecord } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole = (context: IamContext) =>
  operation('iam', 'TagRole', {
    accepts: 'all',
    access: onRole(context, 'TagRole'),
    handle(input) {
      changeRole(context, input.RoleName, (role) => ({ tags: { ...role.tags, ...tagRecord(input.Tags) } }));
      return {};
    },
  });
