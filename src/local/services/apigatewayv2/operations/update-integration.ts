import { passRole } from '../../../pass-role.ts';
import { operation, throwFirst } from '../../../service.ts';
import { access, edited, findPart, type HttpApiContext, merged } from '../context.ts';
import { integrationProblems } from '../integration-features.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html#UpdateIntegration */
export const updateIntegration = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UpdateIntegration', {
    accepts: [
      ...(['ApiId', 'IntegrationId', 'IntegrationType', 'IntegrationSubtype', 'IntegrationUri'] as const),
      ...(['IntegrationMethod', 'PayloadFormatVersion', 'CredentialsArn', 'ConnectionType'] as const),
      ...(['ConnectionId', 'Description', 'RequestParameters', 'ResponseParameters'] as const),
      ...(['TimeoutInMillis', 'TlsConfig'] as const),
    ],
    access: (input) => [
      access(context, 'PATCH', `/apis/${input.ApiId}/integrations/${input.IntegrationId}`),
      ...passRole('apigateway.amazonaws.com', input.CredentialsArn),
    ],
    handle({ ApiId = '', IntegrationId, ...given }) {
      const before = findPart(context, context.records.integrations, 'Integration', ApiId, IntegrationId);
      const integration = merged(before, given);
      throwFirst(integrationProblems(integration));
      context.records.integrations.put([ApiId, integration.IntegrationId], integration);
      edited(context, ApiId);
      return integration;
    },
  });
