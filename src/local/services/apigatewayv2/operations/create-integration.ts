import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { access, edited, findApi, type HttpApiContext, newId } from '../context.ts';
import { integrationProblems, longestTimeout } from '../integration-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html#CreateIntegration */
export const createIntegration = (context: HttpApiContext) =>
  operation('apigatewayv2', 'CreateIntegration', {
    accepts: [
      ...(['ApiId', 'IntegrationType', 'IntegrationSubtype', 'IntegrationUri'] as const),
      ...(['IntegrationMethod', 'PayloadFormatVersion', 'CredentialsArn', 'ConnectionType'] as const),
      ...(['ConnectionId', 'Description', 'RequestParameters', 'ResponseParameters'] as const),
      ...(['TimeoutInMillis', 'TlsConfig'] as const),
    ],
    access: (input) => [
      access(context, 'POST', `/apis/${input.ApiId}/integrations`),
      ...passRole('apigateway.amazonaws.com', input.CredentialsArn),
    ],
    problems: integrationProblems,
    handle({ ApiId: id, ...given }) {
      const { ApiId } = findApi(context, id);
      const integration = {
        ConnectionType: 'INTERNET' as const,
        TimeoutInMillis: longestTimeout,
        ...given,
        IntegrationId: newId(context.env, 7),
      };
      context.records.integrations.put([ApiId, integration.IntegrationId], integration);
      edited(context, ApiId);
      return integration;
    },
  });
