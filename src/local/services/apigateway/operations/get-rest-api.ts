import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { shownApi } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApi.html */
export const getRestApi = (context: GatewayContext) =>
  operation('apigateway', 'GetRestApi', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}`),
    handle(input) {
      return shownApi(findApi(context, input.restApiId));
    },
  });
