import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { notFound } from '../errors.ts';
import { checkedIntegrationResponse, integrationResponseProblems } from '../integration-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html */
export const putIntegrationResponse = (context: GatewayContext) =>
  operation('apigateway', 'PutIntegrationResponse', {
    accepts: 'all',
    access: (input) =>
      access(context, 'PUT', `${methodPath(input)}/integration/responses/${input.statusCode}`),
    problems: integrationResponseProblems,
    handle(input) {
      const method = findMethod(context, input);
      const integration = method.methodIntegration;
      if (!integration) throw notFound('Integration');
      const response = checkedIntegrationResponse(method, input);
      putMethodRecord(context, input, {
        ...method,
        methodIntegration: {
          ...integration,
          integrationResponses: {
            ...integration.integrationResponses,
            [input.statusCode ?? '']: response,
          },
        },
      });
      return response;
    },
  });
