import { operation } from '../../../service.ts';
import { shownAccount } from '../account.ts';
import { access, type GatewayContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetAccount.html */
export const getAccount = (context: GatewayContext) =>
  operation('apigateway', 'GetAccount', {
    accepts: 'all',
    access: () => access(context, 'GET', '/account'),
    handle() {
      return shownAccount(context);
    },
  });
