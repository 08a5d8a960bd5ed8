/**
 * The event of a request to a function URL (payload 2.0), and the answer that a function gives.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
import type { Caller } from '../../../../iam/index.ts';
import type { DataPlaneRequest, ServiceEnvironment } from '../../../service.ts';
import type { UrlRecord } from '../records.ts';
import { hostOf } from './configs.ts';

const isText = /^(?:text\/|application\/(?:json|xml|javascript|x-www-form-urlencoded)|[^;]+\+(?:json|xml))/i;

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

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `12/Mar/2026:19:03:58 +0000` */
function timeOf(ms: number): string {
  const [, day = '', month = '', year = '', time = ''] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(ms).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

export interface UrlAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/** Something without a status code is the body itself. @returns undefined for what is no answer */
export function readAnswer(payload: Buffer): UrlAnswer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
  const fields =
    typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>) : {};
  if (fields.statusCode === undefined)
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer)),
    };
  const head = readHead(fields);
  if (!head) return undefined;
  const { body, isBase64Encoded } = fields;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  return { ...head, body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8') };
}

/** Status, headers and cookies, of an answer or of what comes before a stream. */
export function readHead(fields: Readonly<Record<string, unknown>>): Omit<UrlAnswer, 'body'> | undefined {
  const status = Number(fields.statusCode ?? 200);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const headers: Record<string, string | string[]> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries((fields.headers ?? {}) as object))
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  if (Array.isArray(fields.cookies)) headers['set-cookie'] = fields.cookies.map(String);
  return { status, headers };
}
