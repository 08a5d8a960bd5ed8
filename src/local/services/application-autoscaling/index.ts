/**
 * Application Auto Scaling of ECS services: step scaling and target tracking on CloudWatch alarms. Other services'
 * resources, scheduled actions and predictive scaling are refused by name.
 */

import type { Service, ServiceEnvironment } from '../../service.ts';
import type { ScalingContext } from './context.ts';
import { createEngine } from './engine.ts';
import * as operations from './operations/index.ts';
import { scalableTarget } from './resources/scalable-target.ts';
import { scalingPolicy } from './resources/scaling-policy.ts';
import { createScalingStore } from './store.ts';

export function createApplicationAutoScaling(env: ServiceEnvironment): Service {
  const store = createScalingStore(env);
  const engine = createEngine(store);
  const context: ScalingContext = { ...store, engine };
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [scalableTarget, scalingPolicy],
    start: engine.start,
    stop: engine.stop,
  };
}
