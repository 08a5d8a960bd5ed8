/**
 * `$context` variables of HTTP APIs, for access logs, parameter mappings and identity sources.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
import { lookup } from '../../../../core/lookup.ts';
import { timeOf } from '../../../payload-2.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { Exchange } from './exchange.ts';

const text = (value: number | undefined) => (value === undefined ? undefined : String(Math.round(value)));
const callerOf = ({ authorization }: Exchange) =>
  authorization?.kind === 'iam' ? authorization.caller : undefined;

const variables: Readonly<
  Record<string, (exchange: Exchange, env: Pick<ServiceEnvironment, 'accountId'>) => string | undefined>
> = {
  accountId: (_, env) => env.accountId,
  apiId: (exchange) => exchange.apiId,
  'authorizer.error': (exchange) => exchange.authorizerError,
  'authorizer.principalId': ({ authorization }) =>
    authorization?.kind === 'lambda' ? authorization.principalId : undefined,
  dataProcessed: (exchange) => text(exchange.responseLength),
  domainName: (exchange) => exchange.domainName,
  domainPrefix: (exchange) => exchange.apiId,
  'error.message': (exchange) => exchange.error?.message,
  'error.messageString': (exchange) => exchange.error && JSON.stringify(exchange.error.message),
  'error.responseType': (exchange) => exchange.error?.type,
  extendedRequestId: (exchange) => exchange.extendedRequestId,
  httpMethod: (exchange) => exchange.request.method,
  'identity.accountId': (exchange) => callerOf(exchange)?.accountId,
  'identity.caller': (exchange) => callerOf(exchange)?.userId,
  'identity.sourceIp': (exchange) => exchange.request.sourceIp,
  'identity.user': (exchange) => callerOf(exchange)?.userId,
  'identity.userAgent': (exchange) => exchange.headers['user-agent'],
  'identity.userArn': (exchange) => callerOf(exchange)?.arn,
  'integration.error': (exchange) => exchange.integration?.error,
  'integration.integrationStatus': (exchange) => text(exchange.integration?.status),
  'integration.latency': (exchange) => text(exchange.integration?.latencyMs),
  'integration.status': (exchange) => text(exchange.integration?.status),
  integrationErrorMessage: (exchange) => exchange.integration?.error,
  integrationLatency: (exchange) => text(exchange.integration?.latencyMs),
  integrationStatus: (exchange) => text(exchange.integration?.status),
  path: (exchange) => exchange.fullPath,
  protocol: () => 'HTTP/1.1',
  requestId: (exchange) => exchange.extendedRequestId,
  requestTime: (exchange) => timeOf(exchange.receivedAt),
  requestTimeEpoch: (exchange) => String(exchange.receivedAt),
  responseLatency: (exchange) => text(exchange.latencyMs),
  responseLength: (exchange) => text(exchange.responseLength),
  routeKey: (exchange) => exchange.route?.RouteKey,
  stage: (exchange) => exchange.stage.StageName,
  status: (exchange) => text(exchange.status),
};

export function contextVariable(
  name: string,
  exchange: Exchange,
  env: Pick<ServiceEnvironment, 'accountId'>,
): string | undefined {
  const known = lookup(variables, name);
  if (known) return known(exchange, env);
  const { authorization } = exchange;
  const claim = /^authorizer\.claims\.(.+)$/.exec(name)?.[1];
  if (claim !== undefined)
    return authorization?.kind === 'jwt' ? lookup(authorization.claims, claim) : undefined;
  const key = /^authorizer\.(.+)$/.exec(name)?.[1];
  if (key === undefined || authorization?.kind !== 'lambda') return undefined;
  const value = lookup(authorization.context, key);
  return value === undefined || value === null
    ? undefined
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
}

/** An access log's line; what has no value is a hyphen. */
export const logLine = (
  format: string,
  exchange: Exchange,
  env: Pick<ServiceEnvironment, 'accountId'>,
): string =>
  format.replaceAll(
    /\$context\.([A-Za-z][\w-]*(?:\.[\w-]+)*)/g,
    (_, name: string) => contextVariable(name, exchange, env) ?? '-',
  );
