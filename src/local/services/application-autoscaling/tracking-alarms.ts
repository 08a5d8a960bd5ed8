/**
 * The two alarms of a target tracking policy: three minutes above the target, fifteen minutes well below it.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
import type { TargetTrackingScalingPolicyConfiguration } from '@aws-sdk/client-application-auto-scaling';
import { AwsError, unsupported } from '../../service.ts';
import { parseResource, type ScalingStore } from './store.ts';

const predefined: Readonly<Record<string, string>> = {
  ECSServiceAverageCPUUtilization: 'CPUUtilization',
  ECSServiceAverageMemoryUtilization: 'MemoryUtilization',
};

/** Which metric the alarms watch, as PutMetricAlarm takes it. */
export function trackedMetric(
  {
    PredefinedMetricSpecification: ready,
    CustomizedMetricSpecification: own,
  }: TargetTrackingScalingPolicyConfiguration,
  resourceId: string,
): object {
  if (ready) {
    const MetricName = predefined[ready.PredefinedMetricType ?? ''];
    if (!MetricName) throw unsupported(`the predefined metric ${ready.PredefinedMetricType}`);
    if (ready.ResourceLabel !== undefined)
      throw unsupported(`a ResourceLabel with ${ready.PredefinedMetricType}`);
    const { cluster, service } = parseResource(resourceId);
    const Dimensions = [
      { Name: 'ClusterName', Value: cluster },
      { Name: 'ServiceName', Value: service },
    ];
    return {
      Namespace: 'AWS/ECS',
      MetricName,
      Dimensions,
      Statistic: 'Average',
      Period: 60,
      Unit: 'Percent',
    };
  }
  if (!own)
    throw new AwsError(
      'ValidationException',
      'A target tracking policy needs a predefined or a customized metric specification.',
    );
  if (own.Metrics?.length)
    return {
      Metrics: own.Metrics.map((query) => ({
        ...query,
        ...(query.MetricStat ? { MetricStat: { ...query.MetricStat, Period: 60 } } : {}),
      })),
    };
  return {
    Namespace: own.Namespace,
    MetricName: own.MetricName,
    Dimensions: own.Dimensions,
    Statistic: own.Statistic,
    Unit: own.Unit,
    Period: 60,
  };
}

export async function putTrackingAlarms(
  { env }: ScalingStore,
  policy: { readonly arn: string; readonly resourceId: string },
  configuration: TargetTrackingScalingPolicyConfiguration,
  names: readonly [string, string],
): Promise<void> {
  const { TargetValue = 0 } = configuration;
  const metric = trackedMetric(configuration, policy.resourceId);
  const put = (AlarmName: string, more: object) =>
    env.asService('application-autoscaling.amazonaws.com', policy.arn)('cloudwatch', 'PutMetricAlarm', {
      AlarmName,
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${policy.arn}.`,
      ActionsEnabled: true,
      AlarmActions: [policy.arn],
      ...metric,
      ...more,
    });
  await put(names[0], {
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: TargetValue,
    EvaluationPeriods: 3,
  });
  await put(names[1], {
    ComparisonOperator: 'LessThanThreshold',
    Threshold: TargetValue * 0.9,
    EvaluationPeriods: 15,
  });
}

export async function deleteTrackingAlarms({ env }: ScalingStore, names: readonly string[]): Promise<void> {
  const invoke = env.asService('application-autoscaling.amazonaws.com');
  for (const name of names)
    await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [name] }).catch((error: unknown) => {
      if (!(error instanceof AwsError) || !/NotFound/.test(error.code)) throw error;
    });
}
