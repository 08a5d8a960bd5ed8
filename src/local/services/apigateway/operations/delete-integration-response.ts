import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath, putMethodRecord } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteIntegrationResponse.html */
export const deleteIntegrationResponse = (context: GatewayContext) =>
  operation('apigateway', 'DeleteIntegrationResponse', {
    accepts: 'all',
    access: (input) =>
      access(context, 'DELETE', `${methodPath(input)}/integration/responses/${input.statusCode}`),
    handle(input) {
      const method = findMethod(context, input);
      const { [input.statusCode ?? '']: found, ...integrationResponses } =
        method.methodIntegration?.integrationResponses ?? {};
      if (!found) throw notFound('Integration response');
      putMethodRecord(context, input, {
        ...method,
        methodIntegration: { ...method.methodIntegration, integrationResponses },
      });
      return {};
    },
  });
