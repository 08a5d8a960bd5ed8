import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { gatewayResponseTypes, shownGatewayResponse } from '../gateway-response-features.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetGatewayResponses.html */
export const getGatewayResponses = (context: GatewayContext) =>
  operation('apigateway', 'GetGatewayResponses', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/gatewayresponses`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const { items, position } = page(gatewayResponseTypes, input);
      return { items: items.map((type) => shownGatewayResponse(context, id, type)), position };
    },
  });
