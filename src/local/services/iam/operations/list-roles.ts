import { operation } from '../../../service.ts';
import { describeRole, type IamContext } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles = (context: IamContext) =>
  operation('iam', 'ListRoles', {
    accepts: ['PathPrefix'],
    access: () => ({ action: 'iam:ListRoles', resource: '*' }),
    handle(input) {
      const prefix = input.PathPrefix ?? '/';
      return {
        Roles: [...context.identities.roles.values()]
          .filter((role) => role.path.startsWith(prefix))
          // AWS leaves some members out of lists.
          .map(({ boundaryArn: _, ...role }) => describeRole({ ...role, tags: {} })),
        IsTruncated: false,
      };
    },
  });
