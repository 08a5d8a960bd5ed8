/** One stage as it is served: its deployment, made ready for requests. */

import { lookup } from '../../../../core/lookup.ts';
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import type { Throttle } from '../../../api-gateway/throttle.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import { longestTimeout } from '../integration-features.ts';
import type { IntegrationRecord, Snapshot, StageRecord } from '../records.ts';
import { integrationOf } from '../route-features.ts';
import { authorizeRoute } from './authorize.ts';
import { isPreflight, preflightHeaders, withCors } from './cors.ts';
import { type Exchange, GatewayFailure, internalError } from './exchange.ts';
import { askHttp } from './http-integration.ts';
import type { JwtChecks } from './jwt.ts';
import { createAuthorizers } from './lambda-authorizer.ts';
import { askLambda } from './lambda-integration.ts';
import { changeAnswer, type MappedAnswer } from './mapping.ts';
import { createRouter } from './routes.ts';
import { askService } from './service-integration.ts';

export type StageServer = (exchange: Exchange) => Promise<DataPlaneResponse>;

interface StageServerParts {
  readonly env: ServiceEnvironment;
  readonly throttle: Throttle;
  readonly roles: RoleInvokes;
  readonly jwt: JwtChecks;
}

/** Of the account. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html */
const accountRate = 10_000;
const accountBurst = 5_000;

export function createStageServer(
  stage: StageRecord,
  { api, routes, integrations, authorizers }: Snapshot,
  { env, throttle, roles, jwt }: StageServerParts,
): StageServer {
  const route = createRouter(routes);
  const byId = new Map(integrations.map((one) => [one.IntegrationId, one]));
  const ask = createAuthorizers(env, roles);
  const cors = api.CorsConfiguration;

  const limit = (key: string, { apiId }: Exchange) => {
    const own = lookup(stage.RouteSettings, key);
    const settings =
      own?.ThrottlingRateLimit !== undefined || own?.ThrottlingBurstLimit !== undefined
        ? own
        : stage.DefaultRouteSettings;
    const rate = settings?.ThrottlingRateLimit ?? accountRate;
    const burst = settings?.ThrottlingBurstLimit ?? accountBurst;
    if (!throttle.take(`${apiId}/${stage.StageName} ${key}`, rate, burst))
      throw new GatewayFailure(429, 'Too Many Requests', 'THROTTLED');
  };

  const answerRoute = async (exchange: Exchange): Promise<MappedAnswer> => {
    const found = route(exchange.request.method, exchange.path);
    if (!found) throw new GatewayFailure(404, 'Not Found', 'RESOURCE_NOT_FOUND');
    exchange.route = found.route;
    exchange.pathParameters = found.parameters;
    limit(found.route.RouteKey, exchange);
    await authorizeRoute(exchange, found.route, authorizers, { env, jwt, ask });
    const integration = byId.get(integrationOf(found.route) ?? '');
    if (!integration) throw internalError('API_CONFIGURATION_ERROR');
    const answer = await timed(exchange, integration, env, () => askIntegration(exchange, integration));
    const mappings = integration.ResponseParameters ?? {};
    changeAnswer(lookup(mappings, String(answer.status)), answer, exchange, env);
    return answer;
  };

  const askIntegration = (exchange: Exchange, integration: IntegrationRecord): Promise<MappedAnswer> => {
    if (integration.IntegrationType === 'HTTP_PROXY') return askHttp(exchange, integration, env);
    return integration.IntegrationSubtype
      ? askService(exchange, integration, env, roles)
      : askLambda(exchange, integration, env, roles);
  };

  return async (exchange) => {
    if (cors && isPreflight(exchange))
      return { status: 204, headers: preflightHeaders(cors, exchange), body: Buffer.alloc(0) };
    try {
      const { status, headers, body } = await answerRoute(exchange);
      return { status, headers: withCors(cors, sendable(headers), exchange), body };
    } catch (error) {
      if (!(error instanceof GatewayFailure)) throw error;
      exchange.error = { message: error.message, type: error.type };
      return {
        status: error.status,
        headers: withCors(cors, { 'content-type': 'application/json', ...error.headers }, exchange),
        body: Buffer.from(JSON.stringify({ message: error.message })),
      };
    }
  };
}

/** The connection's own headers are the gateway's. */
const sendable = (headers: Readonly<Record<string, string | string[]>>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(
        ([name]) =>
          !/^(?:connection|content-length|keep-alive|te|trailer|transfer-encoding|upgrade)$/.test(name),
      )
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(clean) : clean(value)]),
  );
const clean = (value: string) => value.replaceAll(/[\r\n\0]/g, ' ');

/** Held to the integration's timeout, in real time like what it waits for. */
async function timed(
  exchange: Exchange,
  integration: IntegrationRecord,
  { clock }: Pick<ServiceEnvironment, 'clock'>,
  work: () => Promise<MappedAnswer>,
): Promise<MappedAnswer> {
  const started = performance.now();
  try {
    const answer = await new Promise<MappedAnswer>((resolve, reject) => {
      const timer = clock.afterReal(integration.TimeoutInMillis ?? longestTimeout, () => {
        exchange.integration = { error: 'Integration timed out' };
        reject(new GatewayFailure(503, 'Service Unavailable', 'INTEGRATION_TIMEOUT'));
      });
      work()
        .then(resolve, reject)
        .finally(() => timer.cancel());
    });
    exchange.integration = { status: answer.status };
    return answer;
  } finally {
    exchange.integration = { ...exchange.integration, latencyMs: performance.now() - started };
  }
}
