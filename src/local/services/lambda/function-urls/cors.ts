/** Cross-origin requests to a function URL. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors */
import type { Cors } from '@aws-sdk/client-lambda';
import type { DataPlaneRequest } from '../../../service.ts';

const headerOf = ({ headers }: DataPlaneRequest, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

export const isPreflight = (request: DataPlaneRequest): boolean =>
  request.method === 'OPTIONS' &&
  headerOf(request, 'origin') !== undefined &&
  headerOf(request, 'access-control-request-method') !== undefined;

/** They replace what the function says of origins. */
export function corsHeaders(cors: Cors | undefined, request: DataPlaneRequest): Record<string, string> {
  const origin = headerOf(request, 'origin');
  if (!cors || origin === undefined) return {};
  const { AllowOrigins: origins = [] } = cors;
  const any = origins.includes('*');
  if (!any && !origins.some((one) => one.toLowerCase() === origin.toLowerCase())) return {};
  const expose = cors.ExposeHeaders?.join(',');
  return {
    'access-control-allow-origin': any && !cors.AllowCredentials ? '*' : origin,
    vary: 'Origin',
    ...(cors.AllowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(expose ? { 'access-control-expose-headers': expose } : {}),
  };
}

/** What a preflight is answered, beside the headers of every answer. */
export function preflightHeaders(cors: Cors | undefined, request: DataPlaneRequest): Record<string, string> {
  const allowed = corsHeaders(cors, request);
  if (!cors || Object.keys(allowed).length === 0) return {};
  const methods = cors.AllowMethods?.includes('*')
    ? headerOf(request, 'access-control-request-method')
    : cors.AllowMethods?.join(',');
  const headers = cors.AllowHeaders?.includes('*')
    ? headerOf(request, 'access-control-request-headers')
    : cors.AllowHeaders?.join(',');
  return {
    ...allowed,
    ...(methods ? { 'access-control-allow-methods': methods } : {}),
    ...(headers ? { 'access-control-allow-headers': headers } : {}),
    ...(cors.MaxAge ? { 'access-control-max-age': String(cors.MaxAge) } : {}),
  };
}
