/** Hands a request to whatever is integrated, by the integration's type. */

import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import { lambdaUri } from '../integration-features.ts';
import type { IntegrationRecord } from '../records.ts';
import { askAws } from './aws-integration.ts';
import type { Exchange } from './exchange.ts';
import { askHttp, proxyHttp } from './http-integration.ts';
import { askLambda, invokeLambda } from './lambda-integration.ts';
import { answerMapped, type IntegrationRequest, type MappedAnswer } from './mapped-integration.ts';
import { askMock } from './mock-integration.ts';
import { timed } from './timed.ts';

export function answerIntegration(
  exchange: Exchange,
  integration: IntegrationRecord,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<DataPlaneResponse> {
  if (integration.type === 'AWS_PROXY')
    return invokeLambda(exchange, integration, binaryMediaTypes, env, roles);
  if (integration.type === 'HTTP_PROXY')
    return timed(exchange, integration, env, proxyHttp(exchange, integration, env));
  const ask = (request: IntegrationRequest): Promise<MappedAnswer> => {
    if (integration.type === 'HTTP') return askHttp(exchange, integration, request);
    return lambdaUri.test(integration.uri ?? '')
      ? askLambda(exchange, integration, request, env, roles)
      : askAws(exchange, integration, request, env, roles);
  };
  return answerMapped(exchange, integration, binaryMediaTypes, env, async (request) =>
    integration.type === 'MOCK'
      ? askMock(exchange, request)
      : timed(exchange, integration, env, ask(request)),
  );
}
