import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { gatewayResponseOf, gatewayResponseProblems } from '../gateway-response-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutGatewayResponse.html */
export const putGatewayResponse = (context: GatewayContext) =>
  operation('apigateway', 'PutGatewayResponse', {
    accepts: 'all',
    access: (input) =>
      access(context, 'PUT', `/restapis/${input.restApiId}/gatewayresponses/${input.responseType}`),
    problems: gatewayResponseProblems,
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      const response = gatewayResponseOf(input);
      context.records.gatewayResponses.put([id, response.responseType], response);
      return response as GatewayResponse;
    },
  });
