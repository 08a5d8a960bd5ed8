/**
 * API Gateway's HTTP APIs: definition, deployments, stages, authorizers, and the requests themselves.
 * Refused by name: WebSocket APIs, VPC links, domain names, the subtypes of Kinesis and AppConfig.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { HttpApiContext } from './context.ts';
import { apiIdOf } from './data-plane/exchange.ts';
import { createDataPlane } from './data-plane/serve.ts';
import * as operations from './operations/index.ts';
import { openRecords } from './records.ts';
import { resourceTypes } from './resources/index.ts';

export function createHttpApis(env: ServiceEnvironment): Service {
  const records = openRecords(env.store);
  const plane = createDataPlane({ env, records });
  const context: HttpApiContext = { env, records, served: (apiId) => plane.changed(apiId) };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes,
    serve: (request) => plane.serve(request),
    serves: (address) => records.apis.has(apiIdOf(address).apiId),
    stop: () => plane.stop(),
  };
}
