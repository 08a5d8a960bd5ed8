/**
 * The event of a request to a function URL (payload 2.0), and the answer that a function gives.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
import type { Caller } from '../../../../iam/index.ts';
import { decoded, isText, timeOf } from '../../../payload-2.ts';
import type { DataPlaneRequest, ServiceEnvironment } from '../../../service.ts';
import type { UrlRecord } from '../records.ts';
import { hostOf } from './configs.ts';

export interface UrlRequest {
  /** Within the URL: `/a/b`. */
  readonly path: string;
  readonly query: string;
  readonly request: DataPlaneRequest;
  readonly requestId: string;
  readonly traceId: string;
  /** ms since the epoch */
  readonly receivedAt: number;
}

export function urlEvent(
  { path, query, request, requestId, traceId, receivedAt }: UrlRequest,
  url: UrlRecord,
  caller: Caller | undefined,
  env: ServiceEnvironment,
): object {
  const domainName = hostOf(env, url.id);
  const { cookie, ...sent } = request.headers;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent))
    if (value !== undefined && !/^(?:connection|transfer-encoding)$/i.test(name))
      headers[name.toLowerCase()] = Array.isArray(value) ? value.join(',') : value;
  const forwarded = headers['x-forwarded-for'];
  Object.assign(headers, {
    host: domainName,
    'x-forwarded-for': forwarded ? `${forwarded}, ${request.sourceIp}` : request.sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    'x-amzn-trace-id': traceId,
  });
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  const binary = request.body.length > 0 && !isText.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decoded(path),
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: [cookie].flat().flatMap((one) => one.split(/;\s*/)) }),
    headers,
    ...(query === '' ? {} : { queryStringParameters: parameters }),
    requestContext: {
      accountId: caller?.accountId ?? 'anonymous',
      apiId: url.id,
      ...(caller
        ? {
            authorizer: {
              iam: {
                accountId: caller.accountId,
                callerId: caller.userId ?? null,
                cognitoIdentity: null,
                principalOrgId: null,
                userArn: caller.arn,
                userId: caller.userId ?? null,
              },
            },
          }
        : {}),
      domainName,
      domainPrefix: url.id,
      http: {
        method: request.method,
        path: decoded(path),
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? null,
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: timeOf(receivedAt),
      timeEpoch: receivedAt,
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
}
