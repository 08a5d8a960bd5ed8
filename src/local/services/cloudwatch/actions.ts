/**
 * What an alarm does when its state changes. Topics get AWS's notice. Scaling policies are carried out by
 * Application Auto Scaling, which watches its alarms. Any other target is refused when the alarm is made.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
import { type ServiceEnvironment, unsupported } from '../../service.ts';
import type { AlarmRecord } from './alarm-record.ts';
import type { State } from './decide.ts';
import { offsetTime } from './reason.ts';

const topic = /^arn:aws[\w-]*:sns:/;
const scaling = /^arn:aws[\w-]*:autoscaling:[^:]*:[^:]*:scalingPolicy:/;

export function checkActions(...lists: (readonly string[] | undefined)[]): void {
  for (const arn of lists.flatMap((list) => list ?? []))
    if (!topic.test(arn) && !scaling.test(arn)) throw unsupported(`the alarm action ${arn}`);
}

export const actionsFor = (alarm: AlarmRecord, state: State): readonly string[] =>
  state === 'ALARM' ? alarm.alarmActions : state === 'OK' ? alarm.okActions : alarm.insufficientDataActions;

export interface ActionResult {
  readonly arn: string;
  readonly error?: string;
}

/** Publishes to topics; resolves when all are done, and never rejects. */
export async function runActions(
  env: ServiceEnvironment,
  alarm: AlarmRecord,
  old: State,
): Promise<ActionResult[]> {
  if (!alarm.actionsEnabled) return [];
  const invoke = env.asService('cloudwatch.amazonaws.com', alarm.arn);
  const results: ActionResult[] = [];
  for (const arn of actionsFor(alarm, alarm.state).filter((one) => topic.test(one)))
    try {
      await invoke('sns', 'Publish', {
        TopicArn: arn,
        Subject: `${alarm.state}: "${alarm.name}" in ${env.region}`.slice(0, 100),
        Message: JSON.stringify(notice(env, alarm, old)),
      });
      results.push({ arn });
    } catch (error) {
      results.push({ arn, error: String(error) });
      env.host.notify({
        name: 'alarm.action-failed',
        data: { alarm: alarm.name, arn, error: String(error) },
      });
    }
  return results;
}

function notice(env: ServiceEnvironment, alarm: AlarmRecord, old: State) {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: env.accountId,
    AlarmConfigurationUpdatedTimestamp: offsetTime(alarm.configuredAt),
    NewStateValue: alarm.state,
    NewStateReason: alarm.reason,
    StateChangeTime: offsetTime(alarm.stateAt),
    Region: env.region,
    AlarmArn: alarm.arn,
    OldStateValue: old,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    ...(alarm.kind === 'composite' ? { AlarmRule: alarm.rule } : { Trigger: trigger(alarm) }),
  };
}

function trigger(alarm: AlarmRecord & { kind: 'metric' }) {
  const { single } = alarm;
  return {
    ...(single
      ? {
          MetricName: single.name,
          Namespace: single.namespace,
          ...(single.statistic
            ? { StatisticType: 'Statistic', Statistic: single.statistic.toUpperCase() }
            : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: single.extendedStatistic }),
          Unit: single.unit ?? null,
          Dimensions: single.dimensions.map(([name, value]) => ({ value, name })),
          Period: single.period,
        }
      : { Metrics: alarm.metrics }),
    EvaluationPeriods: alarm.periods,
    ...(alarm.datapointsToAlarm === undefined ? {} : { DatapointsToAlarm: alarm.datapointsToAlarm }),
    ComparisonOperator: alarm.operator,
    Threshold: alarm.threshold,
    TreatMissingData: alarm.missing ?? '',
    EvaluateLowSampleCountPercentile: '',
  };
}
