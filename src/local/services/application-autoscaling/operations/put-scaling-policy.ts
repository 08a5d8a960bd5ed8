import type {
  StepScalingPolicyConfiguration,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import type { ScalingContext } from '../context.ts';
import { alarmArn } from '../describe.ts';
import { aggregationTypes } from '../steps.ts';
import { checkNamespace, findTarget, onTarget } from '../store.ts';
import { putTrackingAlarms, trackedMetric } from '../tracking-alarms.ts';

const invalid = (message: string) => new AwsError('ValidationException', message);

function checkSteps(
  configuration: StepScalingPolicyConfiguration | undefined,
): StepScalingPolicyConfiguration {
  const { AdjustmentType, StepAdjustments: steps = [] } = configuration ?? {};
  if (!configuration || !AdjustmentType) throw invalid('A step scaling policy needs an AdjustmentType.');
  if (!/^(ChangeInCapacity|PercentChangeInCapacity|ExactCapacity)$/.test(AdjustmentType))
    throw unsupported(`the AdjustmentType ${AdjustmentType}`);
  const { MetricAggregationType: aggregation, Cooldown = 0, MinAdjustmentMagnitude } = configuration;
  if (aggregation !== undefined && !aggregationTypes.includes(aggregation))
    throw unsupported(`the MetricAggregationType ${aggregation}`);
  if (Cooldown < 0) throw invalid('Cooldown must not be negative.');
  if (MinAdjustmentMagnitude !== undefined && AdjustmentType !== 'PercentChangeInCapacity')
    throw invalid('MinAdjustmentMagnitude needs the AdjustmentType PercentChangeInCapacity.');
  if (steps.length === 0) throw invalid('At least one step adjustment must be specified.');
  const ordered = steps
    .map(({ MetricIntervalLowerBound: low, MetricIntervalUpperBound: high }) => ({
      low: low ?? Number.NEGATIVE_INFINITY,
      high: high ?? Number.POSITIVE_INFINITY,
    }))
    .sort((a, b) => a.low - b.low);
  for (const [index, step] of ordered.entries()) {
    const before = ordered[index - 1];
    if (step.low === Number.NEGATIVE_INFINITY && step.high === Number.POSITIVE_INFINITY)
      throw invalid('The upper and lower bound cannot both be absent from a step.');
    if (step.low >= step.high)
      throw invalid('The upper bound of a step must be greater than its lower bound.');
    if (before && before.high !== step.low)
      throw invalid('Step adjustment intervals can neither overlap nor leave a gap between them.');
  }
  const [lowest, highest] = [ordered[0], ordered.at(-1)];
  if (lowest && lowest.low < 0 && Number.isFinite(lowest.low))
    throw invalid('With a negative lower bound there must be a step without a lower bound.');
  if (highest && highest.high > 0 && Number.isFinite(highest.high))
    throw invalid('With a positive upper bound there must be a step without an upper bound.');
  return configuration;
}

const otherType = (type: string) => unsupported(`the policy type ${type}`);

function checkTracking(
  configuration: TargetTrackingScalingPolicyConfiguration | undefined,
): TargetTrackingScalingPolicyConfiguration {
  if (!configuration || !((configuration.TargetValue ?? 0) > 0))
    throw invalid('A target tracking policy needs a TargetValue above 0.');
  return configuration;
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html */
export const putScalingPolicy = (context: ScalingContext) =>
  operation('application-autoscaling', 'PutScalingPolicy', {
    accepts: [
      'PolicyName',
      'ServiceNamespace',
      'ResourceId',
      'ScalableDimension',
      'PolicyType',
      'StepScalingPolicyConfiguration',
      'TargetTrackingScalingPolicyConfiguration',
    ],
    access: onTarget(context, 'PutScalingPolicy'),
    *problems(input) {
      yield* thrownBy(() => checkNamespace(input));
      const type = input.PolicyType ?? 'StepScaling';
      const tracking = input.TargetTrackingScalingPolicyConfiguration;
      if (type !== 'StepScaling' && type !== 'TargetTrackingScaling') yield otherType(type);
      if (type === 'TargetTrackingScaling')
        yield* thrownBy(() => trackedMetric(checkTracking(tracking), input.ResourceId ?? ''));
      else if (input.StepScalingPolicyConfiguration)
        yield* thrownBy(() => checkSteps(input.StepScalingPolicyConfiguration));
    },
    async handle(input) {
      const { env, policies } = context;
      const { PolicyName: name = '' } = input;
      const { resourceId } = findTarget(context, input.ResourceId);
      const before = policies.get([resourceId, name]);
      const type = input.PolicyType ?? before?.kind.type ?? 'StepScaling';
      if (type !== 'StepScaling' && type !== 'TargetTrackingScaling') throw otherType(type);
      if (before && before.kind.type !== type)
        throw invalid(
          `The policy ${name} is of the type ${before.kind.type}; delete it before it becomes ${type}.`,
        );
      const other = type === 'StepScaling' ? 'TargetTrackingScaling' : 'StepScaling';
      if (input[`${other}PolicyConfiguration`])
        throw invalid(`A ${type} policy takes no ${other}PolicyConfiguration.`);
      const base = {
        name,
        resourceId,
        arn:
          before?.arn ??
          env.arn('autoscaling', `scalingPolicy:${env.uuid()}:resource/ecs/${resourceId}:policyName/${name}`),
        createdAt: before?.createdAt ?? env.clock.now(),
      };
      if (type === 'StepScaling') {
        const configuration = checkSteps(input.StepScalingPolicyConfiguration);
        policies.put([resourceId, name], { ...base, kind: { type, configuration } });
        return { PolicyARN: base.arn, Alarms: [] };
      }
      const configuration = checkTracking(input.TargetTrackingScalingPolicyConfiguration);
      trackedMetric(configuration, resourceId);
      const kept = before?.kind.type === 'TargetTrackingScaling' ? before.kind.alarms : undefined;
      const name1 = `TargetTracking-${resourceId}-AlarmHigh-${env.uuid()}`;
      const name2 = `TargetTracking-${resourceId}-AlarmLow-${env.uuid()}`;
      const alarms: readonly [string, string] = [kept?.[0] ?? name1, kept?.[1] ?? name2];
      await putTrackingAlarms(context, base, configuration, alarms);
      policies.put([resourceId, name], { ...base, kind: { type, configuration, alarms } });
      return {
        PolicyARN: base.arn,
        Alarms: alarms.map((AlarmName) => ({ AlarmName, AlarmARN: alarmArn(context, AlarmName) })),
      };
    },
  });
