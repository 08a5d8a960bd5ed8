/**
 * API Gateway's REST APIs: definition, deployment, stages, keys and plans, and the requests themselves.
 * Refused by name: exports, domain names, authorizers of Cognito, caches, canaries, VPC links, private APIs, compression.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { apiIdOf, createDataPlane } from './data-plane/serve.ts';
import * as operations from './operations/index.ts';
import { openRecords } from './records.ts';
import { resourceTypes } from './resources/index.ts';

export function createApiGateway(env: ServiceEnvironment): Service {
  const records = openRecords(env.store);
  const plane = createDataPlane({ env, records });
  const context: GatewayContext = { env, records, changed: () => plane.changed() };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes,
    serve: (request) => plane.serve(request),
    serves: (address) => records.apis.has(apiIdOf(address).apiId),
    stop: () => plane.stop(),
  };
}
