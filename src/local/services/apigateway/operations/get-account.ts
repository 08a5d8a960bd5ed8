import type { Account, GetAccountCommandInput } from '@aws-sdk/client-api-gateway';
import { operation } from '../../../service.ts';
import { shownAccount } from '../account.ts';
import { access, type GatewayContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetAccount.html */
export const getAccount = (context: GatewayContext) =>
  operation<GetAccountCommandInput, Account>({
    name: 'GetAccount',
    accepts: 'all',
    access: () => access(context, 'GET', '/account'),
    handle() {
      return shownAccount(context);
    },
  });
