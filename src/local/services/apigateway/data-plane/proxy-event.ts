/**
 * The event of a Lambda proxy integration (format 1.0).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
import type { ServiceEnvironment } from '../../../service.ts';
import { domainName } from './context-variables.ts';
import { type Exchange, requestTime } from './exchange.ts';
import { isBinary } from './media-types.ts';

const orNull = <T extends object>(map: T): T | null => (Object.keys(map).length > 0 ? map : null);

export function proxyEvent(
  exchange: Exchange,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
): object {
  const { request, resource } = exchange;
  const headers: Record<string, string> = {};
  const multiValueHeaders: Record<string, string[]> = {};
  const add = (name: string, values: readonly string[]) => {
    const last = values.at(-1);
    if (last === undefined) return;
    headers[name] = last;
    multiValueHeaders[name] = [...values];
  };
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'connection' || name === 'content-length') continue;
    add(name, Array.isArray(value) ? value : [value]);
  }
  const forwarded = headers['x-forwarded-for'];
  add('x-forwarded-for', [forwarded ? `${forwarded}, ${request.sourceIp}` : request.sourceIp]);
  add('x-forwarded-port', ['443']);
  add('x-forwarded-proto', ['https']);
  add('x-amzn-trace-id', [exchange.traceId]);

  const query: Record<string, string> = {};
  const multiValueQuery: Record<string, string[]> = {};
  for (const [name, value] of exchange.query) {
    query[name] = value;
    multiValueQuery[name] = [...(multiValueQuery[name] ?? []), value];
  }
  const binary = request.body.length > 0 && isBinary(headers['content-type'], binaryMediaTypes);
  return {
    resource: resource?.path,
    path: exchange.path,
    httpMethod: request.method,
    headers: orNull(headers),
    multiValueHeaders: orNull(multiValueHeaders),
    queryStringParameters: orNull(query),
    multiValueQueryStringParameters: orNull(multiValueQuery),
    pathParameters: orNull(exchange.pathParameters),
    stageVariables: orNull(exchange.stageVariables),
    requestContext: {
      resourceId: resource?.id,
      resourcePath: resource?.path,
      httpMethod: request.method,
      extendedRequestId: exchange.extendedRequestId,
      requestTime: requestTime(exchange.receivedAt),
      path: exchange.fullPath,
      accountId: env.accountId,
      protocol: 'HTTP/1.1',
      stage: exchange.stage,
      domainPrefix: exchange.apiId,
      requestTimeEpoch: exchange.receivedAt,
      requestId: exchange.requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: request.sourceIp,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: headers['user-agent'] ?? null,
        user: null,
        ...(exchange.apiKey ? { apiKey: exchange.apiKey.value, apiKeyId: exchange.apiKey.id } : {}),
      },
      domainName: domainName(exchange, env),
      deploymentId: exchange.deploymentId,
      apiId: exchange.apiId,
    },
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary,
  };
}
