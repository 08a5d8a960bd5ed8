import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetIntegrationResponse.html */
export const getIntegrationResponse = (context: GatewayContext) =>
  operation('apigateway', 'GetIntegrationResponse', {
    accepts: 'all',
    access: (input) =>
      access(context, 'GET', `${methodPath(input)}/integration/responses/${input.statusCode}`),
    handle(input) {
      const response = findMethod(context, input).methodIntegration?.integrationResponses?.[
        input.statusCode ?? ''
      ];
      if (!response) throw notFound('Integration response');
      return response;
    },
  });
