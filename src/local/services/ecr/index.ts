/**
 * Amazon ECR: private repositories, images and layers, and the registry protocol of docker push and pull.
 * Replication, scanning, pull-through caches, public repositories and image indexes are refused by name.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { createEcrContext } from './context.ts';
import * as operations from './operations/index.ts';
import { createRegistry, isServed } from './registry.ts';
import { repository } from './resources/repository.ts';

export function createEcr(env: ServiceEnvironment): Service {
  const context = createEcrContext(env);
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [repository],
    serve: createRegistry(context),
    serves: (address) => isServed(context, address),
  };
}
