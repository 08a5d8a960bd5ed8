import type { DeleteAccessKeyCommandInput } from '@aws-sdk/client-iam';
import { operation } from '../../../service.ts';
import { type IamContext, notFound, onUser } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey = (context: IamContext) =>
  operation<DeleteAccessKeyCommandInput, Record<string, never>>({
    name: 'DeleteAccessKey',
    accepts: 'all',
    access: onUser(context, 'DeleteAccessKey'),
    handle(input) {
      if (!context.identities.accessKeys.delete(input.AccessKeyId ?? ''))
        throw notFound(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
      context.identities.changed();
      return {};
    },
  });
