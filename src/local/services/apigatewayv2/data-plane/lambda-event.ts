/**
 * The events of Lambda integrations and authorizers, in payload formats 1.0 and 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { isText, timeOf } from '../../../payload-2.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { Exchange } from './exchange.ts';

type Env = Pick<ServiceEnvironment, 'accountId'>;

const orNull = <T extends object>(map: T): T | null => (Object.keys(map).length > 0 ? map : null);
const some = <T extends object>(name: string, map: T): Readonly<Record<string, T>> =>
  Object.keys(map).length > 0 ? { [name]: map } : {};

/** All names are in lower case; the gateway adds its own. */
function eventHeaders({ headers, request, domainName, traceId }: Exchange): Record<string, string> {
  const { connection: _, 'transfer-encoding': __, ...sent } = headers;
  const forwarded = sent['x-forwarded-for'];
  return {
    ...sent,
    'content-length': String(request.body.length),
    host: domainName,
    'x-amzn-trace-id': traceId,
    'x-forwarded-for': forwarded ? `${forwarded}, ${request.sourceIp}` : request.sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

function bodyOf({ request, headers }: Exchange): {
  readonly body?: string;
  readonly isBase64Encoded: boolean;
} {
  if (request.body.length === 0) return { isBase64Encoded: false };
  const binary =
    !isText.test(headers['content-type'] ?? '') || (headers['content-encoding'] ?? 'identity') !== 'identity';
  return { body: request.body.toString(binary ? 'base64' : 'utf8'), isBase64Encoded: binary };
}

export function event2(exchange: Exchange, env: Env): Record<string, unknown> {
  const { request, route } = exchange;
  const { cookie, ...headers } = eventHeaders(exchange);
  const parameters: Record<string, string> = {};
  for (const [name, value] of exchange.query)
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  return {
    version: '2.0',
    routeKey: route?.RouteKey,
    rawPath: exchange.fullPath,
    rawQueryString: exchange.rawQuery,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...some('queryStringParameters', parameters),
    requestContext: {
      accountId: env.accountId,
      apiId: exchange.apiId,
      ...authorizer2(exchange),
      domainName: exchange.domainName,
      domainPrefix: exchange.apiId,
      http: {
        method: request.method,
        path: exchange.fullPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: exchange.headers['user-agent'] ?? '',
      },
      requestId: exchange.extendedRequestId,
      routeKey: route?.RouteKey,
      stage: exchange.stage.StageName,
      time: timeOf(exchange.receivedAt),
      timeEpoch: exchange.receivedAt,
    },
    ...some('pathParameters', exchange.pathParameters),
    ...some('stageVariables', exchange.stage.StageVariables ?? {}),
    ...bodyOf(exchange),
  };
}

function authorizer2({ authorization }: Exchange): object {
  switch (authorization?.kind) {
    case undefined:
      return {};
    case 'jwt':
      return { authorizer: { jwt: { claims: authorization.claims, scopes: authorization.scopes } } };
    case 'lambda':
      return { authorizer: { lambda: authorization.context } };
    case 'iam': {
      const { accountId, arn, userId = null } = authorization.caller;
      return {
        authorizer: {
          iam: {
            accessKey: null,
            accountId,
            callerId: userId,
            cognitoIdentity: null,
            principalOrgId: null,
            userArn: arn,
            userId,
          },
        },
      };
    }
  }
}

export function event1(exchange: Exchange, env: Env): Record<string, unknown> {
  const { request, route } = exchange;
  const headers = eventHeaders(exchange);
  const resource = route?.RouteKey === '$default' ? '$default' : route?.RouteKey.split(' ')[1];
  const multiValueHeaders: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const sent = request.headers[name];
    multiValueHeaders[name] = Array.isArray(sent) ? sent : [value];
  }
  const query: Record<string, string> = {};
  const multiValueQuery: Record<string, string[]> = {};
  for (const [name, value] of exchange.query) {
    query[name] = value;
    multiValueQuery[name] = [...(multiValueQuery[name] ?? []), value];
  }
  const caller = exchange.authorization?.kind === 'iam' ? exchange.authorization.caller : undefined;
  const { body = null, isBase64Encoded } = bodyOf(exchange);
  return {
    version: '1.0',
    resource,
    path: exchange.fullPath,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: orNull(query),
    multiValueQueryStringParameters: orNull(multiValueQuery),
    requestContext: {
      accountId: env.accountId,
      apiId: exchange.apiId,
      ...authorizer1(exchange),
      domainName: exchange.domainName,
      domainPrefix: exchange.apiId,
      extendedRequestId: exchange.extendedRequestId,
      httpMethod: request.method,
      identity: {
        accessKey: null,
        accountId: caller?.accountId ?? null,
        caller: caller?.userId ?? null,
        cognitoAmr: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: caller?.userId ?? null,
        userAgent: exchange.headers['user-agent'] ?? '',
        userArn: caller?.arn ?? null,
      },
      path: exchange.fullPath,
      protocol: 'HTTP/1.1',
      requestId: exchange.extendedRequestId,
      requestTime: timeOf(exchange.receivedAt),
      requestTimeEpoch: exchange.receivedAt,
      resourceId: route?.RouteKey,
      resourcePath: resource,
      stage: exchange.stage.StageName,
    },
    pathParameters: orNull(exchange.pathParameters),
    stageVariables: orNull(exchange.stage.StageVariables ?? {}),
    body,
    isBase64Encoded,
  };
}

function authorizer1({ authorization }: Exchange): object {
  switch (authorization?.kind) {
    case 'jwt':
      return { authorizer: { claims: authorization.claims, scopes: authorization.scopes } };
    case 'lambda':
      return { authorizer: { ...authorization.context, principalId: authorization.principalId } };
    default:
      return {};
  }
}
