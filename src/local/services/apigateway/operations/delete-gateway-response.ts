import { operation } from '../../../service.ts';
import { access, findApi, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteGatewayResponse.html */
export const deleteGatewayResponse = (context: GatewayContext) =>
  operation('apigateway', 'DeleteGatewayResponse', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `/restapis/${input.restApiId}/gatewayresponses/${input.responseType}`),
    handle(input) {
      const { id } = findApi(context, input.restApiId);
      if (!context.records.gatewayResponses.delete([id, input.responseType ?? '']))
        throw notFound('Gateway response type');
      return {};
    },
  });
