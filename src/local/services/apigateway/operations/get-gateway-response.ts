import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { shownGatewayResponse } from '../gateway-response-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetGatewayResponse.html */
export const getGatewayResponse = (context: GatewayContext) =>
  operation('apigateway', 'GetGatewayResponse', {
    accepts: 'all',
    access: (input) =>
      access(context, 'GET', `/restapis/${input.restApiId}/gatewayresponses/${input.responseType}`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      return shownGatewayResponse(context, id, input.responseType ?? '');
    },
  });
