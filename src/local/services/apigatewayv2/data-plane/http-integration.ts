/**
 * HTTP_PROXY integrations. The path goes on only where the URI or a mapping says so; behind `$default` it is appended,
 * as the quick creation of a proxy needs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
import { askBackend, ownHeaders } from '../../../api-gateway/backend.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { IntegrationRecord } from '../records.ts';
import { type Exchange, GatewayFailure, internalError } from './exchange.ts';
import { changeRequest, type MappedAnswer, type RequestChanges } from './mapping.ts';
import { withPathParameters, withStageVariables } from './uri.ts';

export async function askHttp(
  exchange: Exchange,
  integration: IntegrationRecord,
  env: ServiceEnvironment,
): Promise<MappedAnswer> {
  const { request } = exchange;
  let url: URL;
  try {
    url = new URL(
      withPathParameters(withStageVariables(integration.IntegrationUri ?? '', exchange), exchange),
    );
  } catch {
    exchange.integration = { error: `Invalid endpoint address: ${integration.IntegrationUri}` };
    throw internalError('API_CONFIGURATION_ERROR');
  }
  if (exchange.route?.RouteKey === '$default')
    url.pathname = `${url.pathname.replace(/\/$/, '')}${encodePath(exchange.path)}`;
  const changes: RequestChanges = {
    headers: {},
    query: new URLSearchParams(exchange.query),
    path: undefined,
  };
  for (const [name, value] of Object.entries(exchange.headers))
    if (!ownHeaders.test(name)) changes.headers[name] = value;
  changes.headers.forwarded = `by=${url.hostname};for=${request.sourceIp};host=${exchange.domainName};proto=https`;
  changeRequest(integration.RequestParameters, changes, exchange, env);
  changes.headers['x-amzn-trace-id'] = exchange.traceId;
  changes.headers.via = 'HTTP/1.1 AmazonAPIGateway';
  if (changes.path !== undefined) url.pathname = encodePath(changes.path);
  for (const [name, value] of changes.query) url.searchParams.append(name, value);
  const method = integration.IntegrationMethod === 'ANY' ? request.method : integration.IntegrationMethod;
  try {
    const answer = await askBackend(url, method ?? request.method, changes.headers, request.body);
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined && !ownHeaders.test(name)) headers[name] = value;
    return { status: answer.status, headers, body: answer.body };
  } catch (error) {
    exchange.integration = { error: (error as Error).message };
    throw new GatewayFailure(503, 'Service Unavailable', 'INTEGRATION_NETWORK_FAILURE');
  }
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
