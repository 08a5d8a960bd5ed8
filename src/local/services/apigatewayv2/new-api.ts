/** A new API; quick create gives it an integration, a route and a stage. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html */
import type { CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { throwFirst } from '../../service.ts';
import { routeSelection } from './api-features.ts';
import { type HttpApiContext, newId } from './context.ts';
import { functionOf, integrationProblems, longestTimeout } from './integration-features.ts';
import type { ApiRecord, IntegrationRecord } from './records.ts';
import { routeProblems } from './route-features.ts';
import { readTags } from './tags.ts';

export function newApi({ env, records }: HttpApiContext, input: CreateApiRequest): ApiRecord {
  const { Target, RouteKey = '$default', CredentialsArn, Tags, ...given } = input;
  const now = env.clock.now();
  const api: ApiRecord = {
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    ...given,
    ApiId: newId(env, 10),
    Name: input.Name,
    ProtocolType: 'HTTP',
    RouteSelectionExpression: routeSelection,
    Tags: readTags(Tags),
    createdAt: now,
  };
  const integration =
    Target === undefined ? undefined : quickIntegration(Target, CredentialsArn, newId(env, 7));
  if (integration) throwFirst(integrationProblems(integration));
  throwFirst(routeProblems({ RouteKey }));
  env.store.transaction(() => {
    const { ApiId } = api;
    records.apis.put([ApiId], api);
    if (!integration) return;
    records.integrations.put([ApiId, integration.IntegrationId], integration);
    const RouteId = newId(env, 7);
    records.routes.put([ApiId, RouteId], {
      RouteId,
      RouteKey,
      Target: `integrations/${integration.IntegrationId}`,
      AuthorizationType: 'NONE',
      ApiKeyRequired: false,
      ApiGatewayManaged: true,
    });
    records.stages.put([ApiId, '$default'], {
      StageName: '$default',
      AutoDeploy: true,
      ApiGatewayManaged: true,
      DefaultRouteSettings: { DetailedMetricsEnabled: false },
      RouteSettings: {},
      StageVariables: {},
      createdAt: now,
      updatedAt: now,
    });
  });
  return api;
}

const quickIntegration = (
  IntegrationUri: string,
  CredentialsArn: string | undefined,
  IntegrationId: string,
): IntegrationRecord => ({
  IntegrationId,
  IntegrationUri,
  ConnectionType: 'INTERNET',
  TimeoutInMillis: longestTimeout,
  ApiGatewayManaged: true,
  ...(CredentialsArn === undefined ? {} : { CredentialsArn }),
  ...(functionOf(IntegrationUri) === undefined
    ? { IntegrationType: 'HTTP_PROXY' as const, IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' }
    : { IntegrationType: 'AWS_PROXY' as const, IntegrationMethod: 'POST', PayloadFormatVersion: '2.0' }),
});
