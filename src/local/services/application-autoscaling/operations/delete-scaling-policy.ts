import { AwsError, operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { checkNamespace, onTarget } from '../store.ts';
import { deleteTrackingAlarms } from '../tracking-alarms.ts';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html */
export const deleteScalingPolicy = (context: ScalingContext) =>
  operation('application-autoscaling', 'DeleteScalingPolicy', {
    accepts: 'all',
    access: onTarget(context, 'DeleteScalingPolicy'),
    async handle(input) {
      checkNamespace(input);
      const { ResourceId = '', PolicyName = '' } = input;
      const record = context.policies.get([ResourceId, PolicyName]);
      if (!record)
        throw new AwsError(
          'ObjectNotFoundException',
          `No scaling policy found for service namespace: ecs, resource ID: ${ResourceId}, policy name: ${PolicyName}`,
        );
      if (record.kind.type === 'TargetTrackingScaling')
        await deleteTrackingAlarms(context, record.kind.alarms);
      context.policies.delete([ResourceId, PolicyName]);
      return {};
    },
  });
