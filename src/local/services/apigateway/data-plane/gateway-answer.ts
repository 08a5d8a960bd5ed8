/**
 * Answers that the gateway makes itself, by the API's gateway responses: the type's own, else DEFAULT_4XX or
 * DEFAULT_5XX, else AWS's. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
import { lookup } from '../../../../core/lookup.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import { defaultTemplate, type GatewayResponseName, gatewayStatus } from '../gateway-response-features.ts';
import type { GatewayResponseRecord } from '../records.ts';
import { contextVariable, substitute } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

/** Ends a request with a gateway response. */
export class GatewayFailure extends Error {
  readonly type: GatewayResponseName;
  readonly status: number;
  /** Null where AWS says nothing. */
  readonly said: string | null;
  readonly validation: string | undefined;

  constructor(
    type: GatewayResponseName,
    message: string | null,
    options: { status?: number; validation?: string } = {},
  ) {
    super(message ?? type);
    this.said = message;
    this.type = type;
    this.status = options.status ?? gatewayStatus[type] ?? 500;
    this.validation = options.validation;
  }
}

/** What AWS puts into x-amzn-errortype. */
const errorTypes: Partial<Record<GatewayResponseName, string>> = {
  ACCESS_DENIED: 'AccessDeniedException',
  AUTHORIZER_CONFIGURATION_ERROR: 'AuthorizerConfigurationException',
  AUTHORIZER_FAILURE: 'AuthorizerConfigurationException',
  BAD_REQUEST_BODY: 'BadRequestException',
  BAD_REQUEST_PARAMETERS: 'BadRequestException',
  EXPIRED_TOKEN: 'ExpiredTokenException',
  INVALID_API_KEY: 'ForbiddenException',
  INVALID_SIGNATURE: 'InvalidSignatureException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  QUOTA_EXCEEDED: 'LimitExceededException',
  REQUEST_TOO_LARGE: 'RequestTooLongException',
  THROTTLED: 'TooManyRequestsException',
  UNAUTHORIZED: 'UnauthorizedException',
  UNSUPPORTED_MEDIA_TYPE: 'UnsupportedMediaTypeException',
};

export function gatewayAnswer(
  failure: GatewayFailure,
  exchange: Exchange,
  responses: ReadonlyMap<string, GatewayResponseRecord>,
  env: ServiceEnvironment,
): DataPlaneResponse {
  exchange.error = {
    type: failure.type,
    message: failure.said,
    ...(failure.validation === undefined ? {} : { validation: failure.validation }),
  };
  const response =
    responses.get(failure.type) ?? responses.get(failure.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const status = Number(response?.statusCode ?? failure.status);
  const headers: Record<string, string> = {
    'x-amzn-errortype':
      errorTypes[failure.type] ??
      (failure.status < 500 ? 'BadRequestException' : 'InternalServerErrorException'),
  };
  for (const [name, source] of Object.entries(response?.responseParameters ?? {})) {
    const value = headerValue(source, exchange, env);
    if (value !== undefined) headers[name.slice('gatewayresponse.header.'.length).toLowerCase()] = value;
  }
  const templates = response?.responseTemplates ?? {};
  const accept = exchange.headers.accept ?? '';
  const type =
    Object.keys(templates).find((media) => accept.includes(media)) ??
    ('application/json' in templates ? 'application/json' : Object.keys(templates)[0]);
  const template = type === undefined ? defaultTemplate : (templates[type] ?? defaultTemplate);
  headers['content-type'] ??= type ?? 'application/json';
  return { status, headers, body: Buffer.from(substitute(template, exchange, env, '')) };
}

function headerValue(source: string, exchange: Exchange, env: ServiceEnvironment): string | undefined {
  if (source.startsWith("'")) return source.slice(1, -1);
  const dot = source.indexOf('.');
  const root = source.slice(0, dot);
  const rest = source.slice(dot + 1);
  if (root === 'context') return contextVariable(rest, exchange, env);
  if (root === 'stageVariables') return lookup(exchange.stageVariables, rest);
  const [, kind, name = ''] = /^request\.(header|path|querystring)\.(.+)$/.exec(rest) ?? [];
  if (kind === 'header') return lookup(exchange.headers, name.toLowerCase());
  if (kind === 'path') return lookup(exchange.pathParameters, name);
  return exchange.query.get(name) ?? undefined;
}
