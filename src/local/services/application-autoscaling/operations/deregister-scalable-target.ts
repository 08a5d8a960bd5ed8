import { operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { checkNamespace, findTarget, onTarget } from '../store.ts';
import { deleteTrackingAlarms } from '../tracking-alarms.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html */
export const deregisterScalableTarget = (context: ScalingContext) =>
  operation('application-autoscaling', 'DeregisterScalableTarget', {
    accepts: 'all',
    access: onTarget(context, 'DeregisterScalableTarget'),
    async handle(input) {
      checkNamespace(input);
      const { resourceId } = findTarget(context, input.ResourceId);
      // The policies go with their target.
      const policies = [...context.policies.values({ prefix: [resourceId] })];
      for (const { kind } of policies)
        if (kind.type === 'TargetTrackingScaling') await deleteTrackingAlarms(context, kind.alarms);
      context.env.store.transaction(() => {
        context.policies.clear([resourceId]);
        context.last.clear([resourceId]);
        context.targets.delete(resourceId);
      });
      return {};
    },
  });
