import { formatArn } from '../../../../core/arn.ts';
import { AwsError, operation, thrownBy } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { checkNamespace, onTarget, parseResource, targetArn } from '../store.ts';

const invalidRange = (min: number, max: number) =>
  new AwsError(
    'ValidationException',
    `Maximum capacity cannot be less than minimum capacity (${min} to ${max}).`,
  );

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export const registerScalableTarget = (context: ScalingContext) =>
  operation('application-autoscaling', 'RegisterScalableTarget', {
    accepts: 'all',
    access: onTarget(context, 'RegisterScalableTarget'),
    *problems(input) {
      yield* thrownBy(
        () => checkNamespace(input),
        () => parseResource(input.ResourceId),
      );
      const { MinCapacity: min = 0, MaxCapacity: max = Number.POSITIVE_INFINITY } = input;
      if (min < 0 || min > max) yield invalidRange(min, max);
    },
    async handle(input) {
      const { env, targets } = context;
      const { ResourceId: resourceId = '' } = input;
      const { cluster, service } = parseResource(resourceId);
      const before = targets.get(resourceId);
      const min = input.MinCapacity ?? before?.min;
      const max = input.MaxCapacity ?? before?.max;
      if (min === undefined || max === undefined)
        throw new AwsError('ValidationException', 'Minimum and maximum capacity must be specified.');
      if (min < 0 || min > max) throw invalidRange(min, max);
      const { services = [] } = await env.asService('ecs.application-autoscaling.amazonaws.com')(
        'ecs',
        'DescribeServices',
        { cluster, services: [service] },
      );
      if (services[0]?.status !== 'ACTIVE')
        throw new AwsError('ValidationException', `ECS service doesn't exist: ${resourceId}`);
      const suspended = input.SuspendedState;
      const record = {
        resourceId,
        arn: before?.arn ?? targetArn(context, env.randomId(38)),
        min,
        max,
        // Whatever role is named, ECS services are scaled with the service-linked role, as on AWS.
        roleArn: formatArn({
          service: 'iam',
          account: env.accountId,
          resource:
            'role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
        }),
        suspended: {
          in: suspended?.DynamicScalingInSuspended ?? before?.suspended.in ?? false,
          out: suspended?.DynamicScalingOutSuspended ?? before?.suspended.out ?? false,
          scheduled: suspended?.ScheduledScalingSuspended ?? before?.suspended.scheduled ?? false,
        },
        createdAt: before?.createdAt ?? env.clock.now(),
        tags: before?.tags ?? { ...input.Tags },
      };
      targets.put(resourceId, record);
      await context.engine.keepWithin(record);
      return { ScalableTargetARN: record.arn };
    },
  });
