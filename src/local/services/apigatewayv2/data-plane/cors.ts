/** Cross-origin requests: what the API's configuration says stands in place of what integrations say. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
import type { Cors } from '@aws-sdk/client-apigatewayv2';
import type { Exchange } from './exchange.ts';

export const isPreflight = ({ request, headers }: Exchange): boolean =>
  request.method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/** `https://*.example.com` is a pattern; `https://*` is any secure origin. */
const allows = (pattern: string, origin: string): boolean =>
  pattern === '*' ||
  pattern.toLowerCase() === origin.toLowerCase() ||
  (/^[a-z]+:\/\/\*$/i.test(pattern) && origin.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase()));

function allowedOrigin(cors: Cors, { headers }: Exchange): Record<string, string> | undefined {
  const { origin } = headers;
  if (origin === undefined || !cors.AllowOrigins?.some((one) => allows(one, origin))) return undefined;
  return {
    'access-control-allow-origin': cors.AllowOrigins.includes('*') ? '*' : origin,
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
  };
}

export function corsHeaders(cors: Cors, exchange: Exchange): Record<string, string> {
  const allowed = allowedOrigin(cors, exchange);
  if (!allowed) return {};
  const expose = cors.ExposeHeaders?.join(',');
  return { ...allowed, ...(expose ? { 'access-control-expose-headers': expose } : {}) };
}

export function preflightHeaders(cors: Cors, exchange: Exchange): Record<string, string> {
  const allowed = allowedOrigin(cors, exchange);
  if (!allowed) return {};
  const methods = cors.AllowMethods?.includes('*')
    ? 'GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS'
    : cors.AllowMethods?.join(',');
  const headers = cors.AllowHeaders?.includes('*')
    ? exchange.headers['access-control-request-headers']
    : cors.AllowHeaders?.join(',').toLowerCase();
  return {
    ...allowed,
    ...(methods ? { 'access-control-allow-methods': methods } : {}),
    ...(headers ? { 'access-control-allow-headers': headers } : {}),
    ...(cors.MaxAge ? { 'access-control-max-age': String(cors.MaxAge) } : {}),
  };
}

/** With a configuration, what the integration says of origins does not count. */
export function withCors(
  cors: Cors | undefined,
  headers: Readonly<Record<string, string | string[]>>,
  exchange: Exchange,
): Record<string, string | string[]> {
  if (!cors) return { ...headers };
  const own = Object.entries(headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...Object.fromEntries(own), ...corsHeaders(cors, exchange) };
}
