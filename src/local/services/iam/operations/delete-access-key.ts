import { operation } from '../../../service.ts';
import { type IamContext, notFound, onUser } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey = (context: IamContext) =>
  operation('iam', 'DeleteAccessKey', {
    accepts: 'all',
    access: onUser(context, 'DeleteAccessKey'),
    handle(input) {
      if (!context.identities.accessKeys.delete(input.AccessKeyId ?? ''))
        throw notFound(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
      context.identities.changed();
      return {};
    },
  });
