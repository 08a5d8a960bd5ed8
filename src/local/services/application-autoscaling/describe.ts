/** Records as Application Auto Scaling answers them. */
import type {
  ScalableTarget,
  ScalingActivity,
  ScalingPolicy,
} from '@aws-sdk/client-application-auto-scaling';
import type { ActivityRecord, PolicyRecord, ScalingStore, TargetRecord } from './store.ts';
import { dimension } from './store.ts';

const common = (ResourceId: string) =>
  ({ ServiceNamespace: 'ecs', ResourceId, ScalableDimension: dimension }) as const;

export const describeTarget = (record: TargetRecord): ScalableTarget => ({
  ...common(record.resourceId),
  ScalableTargetARN: record.arn,
  MinCapacity: record.min,
  MaxCapacity: record.max,
  RoleARN: record.roleArn,
  CreationTime: new Date(record.createdAt),
  SuspendedState: {
    DynamicScalingInSuspended: record.suspended.in,
    DynamicScalingOutSuspended: record.suspended.out,
    ScheduledScalingSuspended: record.suspended.scheduled,
  },
});

export const alarmArn = ({ env }: ScalingStore, name: string) => env.arn('cloudwatch', `alarm:${name}`);

export const describePolicy = (
  context: ScalingStore,
  record: PolicyRecord,
  alarms: readonly string[],
): ScalingPolicy => ({
  ...common(record.resourceId),
  PolicyARN: record.arn,
  PolicyName: record.name,
  PolicyType: record.kind.type,
  CreationTime: new Date(record.createdAt),
  ...(record.kind.type === 'StepScaling'
    ? { StepScalingPolicyConfiguration: record.kind.configuration }
    : { TargetTrackingScalingPolicyConfiguration: record.kind.configuration }),
  Alarms: alarms.map((AlarmName) => ({ AlarmName, AlarmARN: alarmArn(context, AlarmName) })),
});

export const describeActivity = (record: ActivityRecord): ScalingActivity => ({
  ...common(record.resourceId),
  ActivityId: record.id,
  Description: record.description,
  Cause: record.cause,
  StartTime: new Date(record.at),
  ...(record.endedAt === undefined ? {} : { EndTime: new Date(record.endedAt) }),
  StatusCode: record.status,
  StatusMessage: record.message,
});
