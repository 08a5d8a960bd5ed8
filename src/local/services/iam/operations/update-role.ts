import { operation } from '../../../service.ts';
import { changeRole, type IamContext, onRole } from '../context.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole = (context: IamContext) =>
  operation('iam', 'UpdateRole', {
    accepts: ['RoleName', 'Description', 'MaxSessionDuration'],
    access: onRole(context, 'UpdateRole'),
    handle(input) {
      changeRole(context, input.RoleName, (role) => ({
        description: input.Description ?? role.description,
        maxSessionDuration: input.MaxSessionDuration ?? role.maxSessionDuration,
      }));
      return {};
    },
  });
