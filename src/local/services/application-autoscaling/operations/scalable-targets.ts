/**
 * Registering, describing and deregistering what is scaled.
 * https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html and its siblings
 */

import type {
  DeregisterScalableTargetCommandInput,
  DeregisterScalableTargetResponse,
  DescribeScalableTargetsCommandInput,
  DescribeScalableTargetsResponse,
  RegisterScalableTargetCommandInput,
  RegisterScalableTargetResponse,
} from '@aws-sdk/client-application-auto-scaling';
import { formatArn } from '../../../../core/arn.ts';
import { AwsError, operation } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { describeTarget } from '../describe.ts';
import { checkNamespace, findTarget, onTarget, page, parseResource, targetArn } from '../store.ts';
import { deleteTrackingAlarms } from '../tracking-alarms.ts';

export const registerScalableTarget = (context: ScalingContext) =>
  operation<RegisterScalableTargetCommandInput, RegisterScalableTargetResponse>({
    name: 'RegisterScalableTarget',
    accepts: 'all',
    access: onTarget(context, 'RegisterScalableTarget'),
    async handle(input) {
      checkNamespace(input);
      const { env, targets } = context;
      const { ResourceId: resourceId = '' } = input;
      const { cluster, service } = parseResource(resourceId);
      const before = targets.get(resourceId);
      const min = input.MinCapacity ?? before?.min;
      const max = input.MaxCapacity ?? before?.max;
      if (min === undefined || max === undefined)
        throw new AwsError('ValidationException', 'Minimum and maximum capacity must be specified.');
      if (min < 0 || min > max)
        throw new AwsError(
          'ValidationException',
          `Maximum capacity cannot be less than minimum capacity (${min} to ${max}).`,
        );
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

export const describeScalableTargets = (context: ScalingContext) =>
  operation<DescribeScalableTargetsCommandInput, DescribeScalableTargetsResponse>({
    name: 'DescribeScalableTargets',
    accepts: 'all',
    access: () => ({ action: 'application-autoscaling:DescribeScalableTargets', resource: '*' }),
    handle(input) {
      checkNamespace(input);
      const all = [...context.targets.values()].filter(
        ({ resourceId }) => !input.ResourceIds?.length || input.ResourceIds.includes(resourceId),
      );
      const { items, next } = page(all, input.NextToken, input.MaxResults);
      return { ScalableTargets: items.map(describeTarget), NextToken: next };
    },
  });

export const deregisterScalableTarget = (context: ScalingContext) =>
  operation<DeregisterScalableTargetCommandInput, DeregisterScalableTargetResponse>({
    name: 'DeregisterScalableTarget',
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
