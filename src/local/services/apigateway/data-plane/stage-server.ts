/** One stage as it is served: its deployment's snapshot, made ready for requests. */

import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import type { Throttle } from '../../../api-gateway/throttle.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import { accountThrottle } from '../account.ts';
import type { GatewayResponseRecord, MethodRecord, Snapshot, StageRecord } from '../records.ts';
import type { ApiKeys } from './api-keys.ts';
import { createAuthorize } from './authorizers.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure, gatewayAnswer } from './gateway-answer.ts';
import { authorizeByIam } from './iam-authorization.ts';
import { answerIntegration } from './integrate.ts';
import { createPolicyCheck, policyOf } from './resource-policy.ts';
import { createRouter } from './routes.ts';
import { createValidation } from './validation.ts';

export interface StageServer {
  readonly stage: StageRecord;
  readonly apiName: string;
  answer(exchange: Exchange): Promise<DataPlaneResponse>;
}

interface StageServerParts {
  readonly env: ServiceEnvironment;
  readonly keys: ApiKeys;
  readonly throttle: Throttle;
  readonly roles: RoleInvokes;
}

export function createStageServer(
  stage: StageRecord,
  snapshot: Snapshot,
  { env, keys, throttle, roles }: StageServerParts,
): StageServer {
  const route = createRouter(snapshot.resources);
  const validate = createValidation(snapshot);
  const policy = policyOf(snapshot.api.policy, snapshot.api.id, env);
  const mayCall = createPolicyCheck(policy, snapshot.api.id, env);
  const authorize = createAuthorize(snapshot.authorizers ?? [], env, roles);
  const responses = new Map<string, GatewayResponseRecord>(
    snapshot.gatewayResponses.map((response) => [response.responseType, response]),
  );

  /** Settings of the one method win over those of all. */
  const limit = (path: string, method: string) => {
    const own = stage.methodSettings[`${path.replaceAll('/', '~1')}/${method}`];
    const all = stage.methodSettings['*/*'];
    const settings =
      own?.throttlingRateLimit !== undefined || own?.throttlingBurstLimit !== undefined ? own : all;
    return {
      key: settings === own && own !== undefined ? `${path} ${method}` : '*',
      rate: settings?.throttlingRateLimit ?? accountThrottle.rateLimit,
      burst: settings?.throttlingBurstLimit ?? accountThrottle.burstLimit,
    };
  };

  const prepare = async (exchange: Exchange): Promise<MethodRecord> => {
    const found = route(exchange.request.method, exchange.path);
    if (!found) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN', 'Missing Authentication Token');
    exchange.resource = found.resource;
    exchange.pathParameters = found.parameters;
    if (found.method.authorizationType === 'AWS_IAM') authorizeByIam(exchange, policy, env);
    else mayCall(exchange);
    if (found.method.authorizationType === 'CUSTOM') await authorize(found.method, exchange);
    if (found.method.apiKeyRequired)
      keys.check(
        exchange,
        (snapshot.api.apiKeySource === 'AUTHORIZER'
          ? exchange.usageIdentifierKey
          : exchange.headers['x-api-key']) ?? '',
      );
    const { key, rate, burst } = limit(found.resource.path, exchange.request.method);
    if (!throttle.take(`stage ${exchange.apiId}/${stage.name} ${key}`, rate, burst))
      throw new GatewayFailure('THROTTLED', 'Too Many Requests');
    validate(found.method, exchange);
    return found.method;
  };

  return {
    stage,
    apiName: snapshot.api.name,
    async answer(exchange) {
      exchange.stageVariables = stage.variables;
      exchange.deploymentId = stage.deploymentId;
      try {
        const method = await prepare(exchange);
        const integration = method.methodIntegration;
        if (!integration) throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
        return await answerIntegration(exchange, integration, snapshot.api.binaryMediaTypes, env, roles);
      } catch (error) {
        if (error instanceof GatewayFailure) return gatewayAnswer(error, exchange, responses, env);
        throw error;
      }
    },
  };
}
