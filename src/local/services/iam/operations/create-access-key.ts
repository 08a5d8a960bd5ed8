import { accessKeyId } from '../../../iam/access-keys.ts';
import { operation } from '../../../service.ts';
import { findUser, type IamContext, onUser } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey = (context: IamContext) =>
  operation('iam', 'CreateAccessKey', {
    accepts: 'all',
    access: onUser(context, 'CreateAccessKey'),
    handle(input) {
      const user = findUser(context, input.UserName);
      const key = {
        accessKeyId: accessKeyId('AKIA', context.env.accountId, context.env.randomId(10)),
        secretAccessKey: context.env.randomId(40),
        userName: user.name,
        status: 'Active' as const,
        createdAt: context.env.clock.now(),
      };
      context.identities.accessKeys.put(key.accessKeyId, key);
      context.identities.changed();
      return {
        AccessKey: {
          UserName: user.name,
          AccessKeyId: key.accessKeyId,
          SecretAccessKey: key.secretAccessKey,
          Status: key.status,
          CreateDate: new Date(key.createdAt),
        },
      };
    },
  });
