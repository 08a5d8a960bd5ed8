/**
 * Reads what a Lambda proxy function answered; anything out of form is AWS's 502.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 */
import type { DataPlaneResponse } from '../../../service.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { isBinary } from './media-types.ts';

const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** The gateway sets these itself; some of a function's come out under another name. */
const dropped = new Set([
  'transfer-encoding',
  'content-length',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
]);
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis */
const remapped = new Set(['authorization', 'content-md5', 'date', 'host', 'server', 'www-authenticate']);

const malformed = (why: string) =>
  Object.assign(new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 502 }), {
    cause: `Malformed Lambda proxy response: ${why}`,
  });

export function proxyAnswer(
  payload: Buffer,
  exchange: Exchange,
  binaryMediaTypes: readonly string[],
): DataPlaneResponse {
  const answer: unknown = JSON.parse(payload.toString());
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw malformed('not an object');
  for (const key of Object.keys(answer)) if (!members.has(key)) throw malformed(`unexpected member ${key}`);
  const {
    statusCode = 200,
    headers,
    multiValueHeaders,
    body,
    isBase64Encoded,
  } = answer as Record<string, unknown>;
  const status = typeof statusCode === 'string' ? Number(statusCode) : statusCode;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599)
    throw malformed(`statusCode ${JSON.stringify(statusCode)}`);
  if (body !== undefined && body !== null && typeof body !== 'string')
    throw malformed('body is not a string');

  const out: Record<string, string | string[]> = {};
  const set = (name: string, value: string | string[]) => {
    const key = name.toLowerCase();
    if (dropped.has(key)) return;
    out[remapped.has(key) ? `x-amzn-remapped-${key}` : key] = value;
  };
  for (const [name, value] of entries(headers, 'headers')) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object') throw malformed(`the header ${name} is not a text`);
    set(name, clean(String(value)));
  }
  for (const [name, value] of entries(multiValueHeaders, 'multiValueHeaders')) {
    if (!Array.isArray(value)) throw malformed(`the multi-value header ${name} is not a list`);
    set(
      name,
      value.map((one) => clean(String(one))),
    );
  }
  out['content-type'] ??= 'application/json';
  const decode = isBase64Encoded === true && isBinary(exchange.headers.accept ?? '*/*', binaryMediaTypes);
  return { status, headers: out, body: Buffer.from(body ?? '', decode ? 'base64' : 'utf8') };
}

const clean = (value: string) => value.replaceAll(/[\r\n\0]/g, ' ');

function entries(value: unknown, what: string): [string, unknown][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw malformed(`${what} is not an object`);
  return Object.entries(value);
}
