/**
 * `$context` variables, for gateway responses, templates and access logs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
import { lookup } from '../../../../core/lookup.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import { type Exchange, requestTime } from './exchange.ts';

/** The unique id of who signed. */
export const callerId = ({ caller }: Exchange): string | undefined => caller?.userId;

const ms = (value: number | undefined) => (value === undefined ? undefined : String(Math.round(value)));

const variables: Readonly<
  Record<string, (exchange: Exchange, env: ServiceEnvironment) => string | undefined>
> = {
  accountId: (_, env) => env.accountId,
  apiId: (exchange) => exchange.apiId,
  awsEndpointRequestId: (exchange) => exchange.integration?.requestId,
  deploymentId: (exchange) => exchange.deploymentId,
  domainName: (exchange, env) => domainName(exchange, env),
  domainPrefix: (exchange) => exchange.apiId,
  'error.message': (exchange) => exchange.error?.message ?? undefined,
  'error.messageString': (exchange) => exchange.error && JSON.stringify(exchange.error.message),
  'error.responseType': (exchange) => exchange.error?.type,
  // Escaped, but without quotes of its own: templates put it between quotes.
  'error.validationErrorString': (exchange) =>
    exchange.error?.validation && JSON.stringify(exchange.error.validation).slice(1, -1),
  extendedRequestId: (exchange) => exchange.extendedRequestId,
  httpMethod: (exchange) => exchange.request.method,
  'identity.accountId': (exchange) => exchange.caller?.accountId,
  'identity.caller': (exchange) => callerId(exchange),
  'identity.user': (exchange) => callerId(exchange),
  'identity.userArn': (exchange) => exchange.caller?.arn,
  'identity.apiKey': (exchange) => exchange.apiKey?.value,
  'identity.apiKeyId': (exchange) => exchange.apiKey?.id,
  'identity.sourceIp': (exchange) => exchange.request.sourceIp,
  'identity.userAgent': (exchange) => exchange.headers['user-agent'],
  'integration.error': (exchange) => exchange.integration?.error,
  'integration.integrationStatus': (exchange) => exchange.integration?.status,
  'integration.latency': (exchange) => ms(exchange.integration?.latencyMs),
  'integration.requestId': (exchange) => exchange.integration?.requestId,
  'integration.status': (exchange) => exchange.integration?.status,
  integrationErrorMessage: (exchange) => exchange.integration?.error,
  integrationLatency: (exchange) => ms(exchange.integration?.latencyMs),
  integrationStatus: (exchange) => exchange.integration?.status,
  path: (exchange) => exchange.fullPath,
  protocol: () => 'HTTP/1.1',
  requestId: (exchange) => exchange.requestId,
  requestTime: (exchange) => requestTime(exchange.receivedAt),
  requestTimeEpoch: (exchange) => String(exchange.receivedAt),
  resourceId: (exchange) => exchange.resource?.id,
  resourcePath: (exchange) => exchange.resource?.path,
  responseLatency: (exchange) => ms(exchange.latencyMs),
  responseLength: (exchange) =>
    exchange.responseLength === undefined ? undefined : String(exchange.responseLength),
  stage: (exchange) => exchange.stage,
  status: (exchange) => (exchange.status === undefined ? undefined : String(exchange.status)),
  xrayTraceId: (exchange) => exchange.traceId,
};

export const domainName = (exchange: Pick<Exchange, 'apiId'>, env: Pick<ServiceEnvironment, 'region'>) =>
  `${exchange.apiId}.execute-api.${env.region}.amazonaws.com`;

export const contextVariable = (
  name: string,
  exchange: Exchange,
  env: ServiceEnvironment,
): string | undefined =>
  name.startsWith('authorizer.')
    ? exchange.authorizer && lookup(exchange.authorizer, name.slice('authorizer.'.length))
    : lookup(variables, name)?.(exchange, env);

/** Replaces `$context.x` and `$stageVariables.x`; what has no value becomes `missing`. */
export function substitute(
  text: string,
  exchange: Exchange,
  env: ServiceEnvironment,
  missing: string,
): string {
  return text.replaceAll(
    /\$(?:\{(context|stageVariables)\.([\w.]+)\}|(context|stageVariables)\.(\w+(?:\.\w+)*))/g,
    (_, root1?: string, name1?: string, root2?: string, name2?: string) => {
      const name = name1 ?? name2 ?? '';
      return (
        ((root1 ?? root2) === 'context'
          ? contextVariable(name, exchange, env)
          : lookup(exchange.stageVariables, name)) ?? missing
      );
    },
  );
}
