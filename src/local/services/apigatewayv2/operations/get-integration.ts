import { operation } from '../../../service.ts';
import { access, findPart, type HttpApiContext } from '../context.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html#GetIntegration */
export const getIntegration = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetIntegration', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apis/${input.ApiId}/integrations/${input.IntegrationId}`),
    handle: (input) =>
      findPart(context, context.records.integrations, 'Integration', input.ApiId, input.IntegrationId),
  });
