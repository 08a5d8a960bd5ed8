import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html */
export const getRestApis = (context: GatewayContext) =>
  operation('apigateway', 'GetRestApis', {
    accepts: 'all',
    access: () => access(context, 'GET', '/restapis'),
    handle(input) {
      const { items, position } = page([...context.records.apis.values()], input);
      return { items: items.map(shownApi), position };
    },
  });
