/**
 * HTTP and HTTP_PROXY integrations: a request to any address that this machine reaches.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
 */
import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import type { IntegrationRecord } from '../records.ts';
import { type Exchange, sentHeaders } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { type IntegrationRequest, type MappedAnswer, mappedParameters } from './mapped-integration.ts';
import { placed, withStageVariables } from './uri.ts';

/** API Gateway's limit for a payload. */
const largestAnswer = 10 * 1024 * 1024;

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

/** Headers of one connection, and those that the next one has its own of. */
const ownHeaders =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect|x-amzn-trace-id|x-forwarded-.*)$/i;

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
    return await fetched(url, method ?? exchange.request.method, headers, body);
  } catch (error) {
    exchange.integration = { error: `Execution failed: ${(error as Error).message}` };
    throw new GatewayFailure('INTEGRATION_FAILURE', 'Internal server error', { status: 500 });
  }
}

/** As it is sent: nothing is followed, and nothing unpacked. */
function fetched(
  url: URL,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        method,
        // Names under .localhost are this machine's own; not every system resolves them.
        ...(url.hostname.endsWith('.localhost')
          ? { hostname: '127.0.0.1', headers: { ...headers, host: url.host } }
          : { headers }),
      },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > largestAnswer)
            response.destroy(new Error(`the answer has more than ${largestAnswer} bytes`));
          else parts.push(part);
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 500,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      },
    );
    request.on('error', reject);
    if (body.length > 0) request.setHeader('content-length', body.length);
    request.end(body);
  });
}
