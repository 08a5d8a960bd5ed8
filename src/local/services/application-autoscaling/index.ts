/**
 * Application Auto Scaling of ECS services: step scaling and target tracking on CloudWatch alarms. Other services'
 * resources, scheduled actions and predictive scaling are refused by name.
 */

import type { Service, ServiceEnvironment } from '../../service.ts';
import type { ScalingContext } from './context.ts';
import { createEngine } from './engine.ts';
import { deleteScalingPolicy } from './operations/delete-scaling-policy.ts';
import { deregisterScalableTarget } from './operations/deregister-scalable-target.ts';
import { describeScalableTargets } from './operations/describe-scalable-targets.ts';
import { describeScalingActivities } from './operations/describe-scaling-activities.ts';
import { describeScalingPolicies } from './operations/describe-scaling-policies.ts';
import { listTagsForResource } from './operations/list-tags-for-resource.ts';
import { putScalingPolicy } from './operations/put-scaling-policy.ts';
import { registerScalableTarget } from './operations/register-scalable-target.ts';
import { tagResource } from './operations/tag-resource.ts';
import { untagResource } from './operations/untag-resource.ts';
import { scalableTarget } from './resources/scalable-target.ts';
import { scalingPolicy } from './resources/scaling-policy.ts';
import { createScalingStore } from './store.ts';

export function createApplicationAutoScaling(env: ServiceEnvironment): Service {
  const store = createScalingStore(env);
  const engine = createEngine(store);
  const context: ScalingContext = { ...store, engine };
  return {
    operations: [
      deleteScalingPolicy,
      deregisterScalableTarget,
      describeScalableTargets,
      describeScalingActivities,
      describeScalingPolicies,
      listTagsForResource,
      putScalingPolicy,
      registerScalableTarget,
      tagResource,
      untagResource,
    ].map((create) => create(context)),
    resourceTypes: [scalableTarget, scalingPolicy],
    start: engine.start,
    stop: engine.stop,
  };
}
