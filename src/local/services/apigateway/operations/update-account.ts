import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { checkedRole, checkTrust, shownAccount } from '../account.ts';
import { access, type GatewayContext } from '../context.ts';
import { applyPatches } from '../patch.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAccount.html */
export const updateAccount = (context: GatewayContext) =>
  operation('apigateway', 'UpdateAccount', {
    accepts: 'all',
    access: ({ patchOperations = [] }) => [
      access(context, 'PATCH', '/account'),
      ...passRole(
        'apigateway.amazonaws.com',
        ...patchOperations.map(({ path, value }) => (path === '/cloudwatchRoleArn' ? value : undefined)),
      ),
    ],
    async handle(input) {
      const account = applyPatches(
        'the account',
        context.records.account.get('account') ?? {},
        input.patchOperations,
        {
          cloudwatchRoleArn: (record, { op, value }) => ({
            ...record,
            cloudwatchRoleArn: op === 'remove' || value === '' ? undefined : checkedRole(value),
          }),
        },
      );
      await checkTrust(context, account.cloudwatchRoleArn);
      context.records.account.put('account', account);
      context.changed();
      return shownAccount(context);
    },
  });
