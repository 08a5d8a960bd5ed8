/**
 * The event of a Lambda proxy integration (format 1.0).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
import type { ServiceEnvironment } from '../../../service.ts';
import { callerId, domainName } from './context-variables.ts';
import { type Exchange, requestTime, sentHeaders } from './exchange.ts';
import { isBinary } from './media-types.ts';

const orNull = <T extends object>(map: T): T | null => (Object.keys(map).length > 0 ? map : null);

export function proxyEvent(
  exchange: Exchange,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
): object {
  const { request, resource, caller, authorizer } = exchange;
  const { headers, multiValueHeaders } = eventHeaders(exchange);
  const query: Record<string, string> = {};
  const multiValueQuery: Record<string, string[]> = {};
  for (const [name, value] of exchange.query) {
    query[name] = value;
    multiValueQuery[name] = [...(multiValueQuery[name] ?? []), value];
  }
  const binary = request.body.length > 0 && isBinary(exchange.headers['content-type'], binaryMediaTypes);
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
        accountId: caller?.accountId ?? null,
        cognitoIdentityId: null,
        caller: callerId(exchange) ?? null,
        sourceIp: request.sourceIp,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: caller?.arn ?? null,
        userAgent: exchange.headers['user-agent'] ?? null,
        user: callerId(exchange) ?? null,
        ...(exchange.apiKey ? { apiKey: exchange.apiKey.value, apiKeyId: exchange.apiKey.id } : {}),
      },
      ...(authorizer
        ? { authorizer: { ...authorizer, integrationLatency: Number(authorizer.integrationLatency) } }
        : {}),
      domainName: domainName(exchange, env),
      deploymentId: exchange.deploymentId,
      apiId: exchange.apiId,
    },
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary,
  };
}

/** Names keep the sender's case; those that API Gateway adds have its own. */
function eventHeaders({ request, traceId }: Exchange) {
  const values = new Map<string, string[]>();
  for (const [name, value] of sentHeaders(request)) {
    if (/^(connection|content-length|x-forwarded-(port|proto)|x-amzn-trace-id)$/i.test(name)) continue;
    const known = [...values.keys()].find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    values.set(known, [...(values.get(known) ?? []), value]);
  }
  const forwarded = [...values].filter(([name]) => name.toLowerCase() === 'x-forwarded-for');
  for (const [name] of forwarded) values.delete(name);
  values.set('X-Forwarded-For', [[...forwarded.flatMap(([, chain]) => chain), request.sourceIp].join(', ')]);
  values.set('X-Forwarded-Port', ['443']);
  values.set('X-Forwarded-Proto', ['https']);
  values.set('X-Amzn-Trace-Id', [traceId]);
  const multiValueHeaders = Object.fromEntries(values);
  const headers = Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));
  return { headers, multiValueHeaders };
}
