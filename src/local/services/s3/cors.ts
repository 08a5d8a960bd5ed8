/**
 * Cross-origin requests: preflights, and the headers on every answer to a page of an allowed origin.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
import type { CORSRule } from '@aws-sdk/client-s3';
import type { DataPlaneRequest, DataPlaneResponse } from '../../service.ts';
import type { Buckets } from './buckets.ts';

/** One `*` stands for any text. */
function fits(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail);
}

function findRule(
  rules: readonly CORSRule[] | undefined,
  origin: string,
  method: string,
  headers: readonly string[],
): CORSRule | undefined {
  return rules?.find(
    (rule) =>
      rule.AllowedOrigins?.some((pattern) => fits(pattern, origin)) &&
      rule.AllowedMethods?.includes(method) &&
      headers.every((header) =>
        rule.AllowedHeaders?.some((pattern) => fits(pattern.toLowerCase(), header.toLowerCase())),
      ),
  );
}

function headersOf(rule: CORSRule, origin: string): Record<string, string> {
  const any = rule.AllowedOrigins?.includes('*');
  return {
    'access-control-allow-origin': any ? '*' : origin,
    'access-control-allow-methods': (rule.AllowedMethods ?? []).join(', '),
    ...(rule.ExposeHeaders?.length ? { 'access-control-expose-headers': rule.ExposeHeaders.join(', ') } : {}),
    ...(any ? {} : { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** Headers for the answer to an actual request. */
export function corsHeaders(
  rules: readonly CORSRule[] | undefined,
  origin: string | undefined,
  method: string,
): Record<string, string> {
  if (origin === undefined) return {};
  const rule = findRule(rules, origin, method, []);
  return rule ? headersOf(rule, origin) : {};
}

const text = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value);

export function answerPreflight(buckets: Buckets, request: DataPlaneRequest): DataPlaneResponse {
  const host = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.(?:amazonaws\.com|localhost)$/.exec(
    request.host.replace(/:\d+$/, '').toLowerCase(),
  );
  const inPath = /^\/([^/?]+)/.exec(request.url)?.[1];
  // A name of a bucket has no character that needs to be encoded.
  const bucket = buckets.find(host?.[1] ?? inPath);
  const origin = text(request.headers.origin);
  const method = text(request.headers['access-control-request-method']);
  if (origin === undefined)
    return refuse(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  if (method === undefined) return refuse(400, 'BadRequest', 'Invalid Access-Control-Request-Method: null');
  const asked = (text(request.headers['access-control-request-headers']) ?? '')
    .split(',')
    .map((header) => header.trim())
    .filter((header) => header !== '');
  if (!bucket?.cors)
    return refuse(403, 'AccessForbidden', 'CORSResponse: CORS is not enabled for this bucket.');
  const rule = findRule(bucket.cors, origin, method, asked);
  if (!rule)
    return refuse(
      403,
      'AccessForbidden',
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    );
  return {
    status: 200,
    headers: {
      ...headersOf(rule, origin),
      ...(asked.length > 0 ? { 'access-control-allow-headers': asked.join(', ').toLowerCase() } : {}),
      ...(rule.MaxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.MaxAgeSeconds) }),
    },
    body: Buffer.alloc(0),
  };
}

const refuse = (status: number, code: string, message: string): DataPlaneResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  ),
});
