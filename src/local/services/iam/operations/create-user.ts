import { formatArn } from '../../../../core/arn.ts';
import { operation } from '../../../service.ts';
import {
  checkAttachable,
  checkName,
  describeUser,
  exists,
  type IamContext,
  onUser,
  tagRecord,
  unattachable,
  uniqueId,
} from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser = (context: IamContext) =>
  operation('iam', 'CreateUser', {
    accepts: ['UserName', 'Path', 'PermissionsBoundary', 'Tags'],
    access: onUser(context, 'CreateUser'),
    problems: ({ PermissionsBoundary }) => unattachable(context, PermissionsBoundary),
    handle(input) {
      const name = checkName('userName', input.UserName, 64);
      if (context.identities.users.has(name)) throw exists(`User with name ${name} already exists.`);
      const user = {
        name,
        path: input.Path ?? '/',
        arn: formatArn({
          service: 'iam',
          account: context.env.accountId,
          resource: `user${input.Path ?? '/'}${name}`,
        }),
        id: uniqueId(context.env, 'AIDA'),
        inlinePolicies: {},
        attachedPolicyArns: [],
        ...(input.PermissionsBoundary
          ? { boundaryArn: checkAttachable(context, input.PermissionsBoundary) }
          : {}),
        createdAt: context.env.clock.now(),
        tags: tagRecord(input.Tags),
      };
      context.identities.users.put(name, user);
      context.identities.changed();
      return { User: describeUser(user) };
    },
  });
