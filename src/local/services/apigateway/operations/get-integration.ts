import { operation } from '../../../service.ts';
import { access, findMethod, type GatewayContext, methodPath } from '../context.ts';
import { notFound } from '../errors.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetIntegration.html */
export const getIntegration = (context: GatewayContext) =>
  operation('apigateway', 'GetIntegration', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `${methodPath(input)}/integration`),
    handle(input) {
      const integration = findMethod(context, input).methodIntegration;
      if (!integration) throw notFound('Integration');
      return integration;
    },
  });
