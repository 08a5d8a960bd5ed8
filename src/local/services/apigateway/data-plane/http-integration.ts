/**
 * HTTP and HTTP_PROXY integrations: a request to any address that this machine reaches.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
import { askBackend, ownHeaders } from '../../../api-gateway/backend.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import type { IntegrationRecord } from '../records.ts';
import { type Exchange, sentHeaders } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { type IntegrationRequest, type MappedAnswer, mappedParameters } from './mapped-integration.ts';
import { placed, withStageVariables } from './uri.ts';

export function askHttp(
  exchange: Exchange,
  integration: IntegrationRecord,
  request: IntegrationRequest,
): Promise<MappedAnswer> {
  const headers = {
    accept: 'application/json',
    'user-agent': `AmazonAPIGateway_${exchange.apiId}`,
    'x-amzn-apigateway-api-id': exchange.apiId,
    'x-amzn-trace-id': exchange.traceId,
    ...request.headers,
  };
  return send(exchange, integration, { ...request, headers });
}

export async function proxyHttp(
  exchange: Exchange,
  integration: IntegrationRecord,
  env: ServiceEnvironment,
): Promise<DataPlaneResponse> {
  const mapped = mappedParameters(exchange, integration, env);
  const headers: Record<string, string> = {};
  for (const [name, value] of sentHeaders(exchange.request)) {
    if (ownHeaders.test(name)) continue;
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  const forwarded = exchange.headers['x-forwarded-for'];
  Object.assign(headers, {
    'x-forwarded-for': forwarded ? `${forwarded}, ${exchange.request.sourceIp}` : exchange.request.sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-amzn-trace-id': exchange.traceId,
    'x-amzn-apigateway-api-id': exchange.apiId,
    ...mapped.headers,
  });
  const query = new URLSearchParams(exchange.query);
  for (const name of new Set(mapped.query.keys())) query.delete(name);
  for (const [name, value] of mapped.query) query.append(name, value);
  const answer = await send(exchange, integration, {
    path: mapped.path,
    query,
    headers,
    body: exchange.request.body,
  });
  const answered: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(answer.headers))
    if (value !== undefined && !ownHeaders.test(name)) answered[name] = value;
  return { status: answer.status, headers: answered, body: answer.body };
}

async function send(
  exchange: Exchange,
  integration: IntegrationRecord,
  { path, query, headers, body }: IntegrationRequest,
): Promise<MappedAnswer> {
  const method = integration.httpMethod === 'ANY' ? exchange.request.method : integration.httpMethod;
  let url: URL;
  try {
    url = new URL(placed(withStageVariables(integration.uri ?? '', exchange), path));
  } catch {
    exchange.integration = { error: `Invalid endpoint address: ${integration.uri}` };
    throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
  }
  for (const [name, value] of query) url.searchParams.append(name, value);
  try {
    return await askBackend(url, method ?? exchange.request.method, headers, body);
  } catch (error) {
    exchange.integration = { error: `Execution failed: ${(error as Error).message}` };
    throw new GatewayFailure('INTEGRATION_FAILURE', 'Internal server error', { status: 500 });
  }
}
