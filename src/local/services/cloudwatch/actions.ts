/**
 * What an alarm does when its state changes. Topics get AWS's notice, functions its event. Scaling policies are
 * carried out by Application Auto Scaling, which watches its alarms. Any other target is refused when the alarm
 * is made.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Acting_Alarm_Changes.html
 */

import { parseArn } from '../../../core/arn.ts';
import { reasonOf } from '../../../core/events.ts';
import { AwsError, type Message, type ServiceEnvironment, unsupported } from '../../service.ts';
import type { AlarmRecord, MetricAlarmRecord } from './alarm-record.ts';
import type { State } from './decide.ts';
import { offsetTime } from './reason.ts';

const isTopic = (arn: string) => parseArn(arn)?.service === 'sns';
const isFunction = (arn: string) => parseArn(arn)?.service === 'lambda';
function isScalingPolicy(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === 'autoscaling' && arn.resource.startsWith('scalingPolicy:');
}

export function checkActions(env: ServiceEnvironment, ...lists: (readonly string[] | undefined)[]): void {
  for (const arn of lists.flatMap((list) => list ?? [])) {
    const delivered = (isTopic(arn) || isFunction(arn)) && env.canDeliver(arn);
    if (!delivered && !isScalingPolicy(arn)) throw unsupported(`the alarm action ${arn}`);
    const { region } = parseArn(arn) ?? {};
    if (region !== env.region)
      throw new AwsError(
        'ValidationError',
        `Invalid region ${region} specified. Only ${env.region} is supported.`,
      );
  }
}

export const actionsFor = (alarm: AlarmRecord, state: State): readonly string[] =>
  state === 'ALARM' ? alarm.alarmActions : state === 'OK' ? alarm.okActions : alarm.insufficientDataActions;

interface ActionResult {
  readonly arn: string;
  readonly error?: string;
}

/** Tells topics and functions; resolves when all are done, and never rejects. */
export async function runActions(
  env: ServiceEnvironment,
  alarm: AlarmRecord,
  before: AlarmRecord,
): Promise<ActionResult[]> {
  if (!alarm.actionsEnabled) return [];
  const results: ActionResult[] = [];
  for (const arn of actionsFor(alarm, alarm.state).filter((one) => !isScalingPolicy(one)))
    try {
      // Functions are called by a principal of their own:
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
      if (isFunction(arn))
        await env.deliver(
          arn,
          functionEvent(env, alarm, before),
          env.asService('lambda.alarms.cloudwatch.amazonaws.com', alarm.arn),
        );
      else
        await env.deliver(
          arn,
          notice(env, alarm, before.state),
          env.asService('cloudwatch.amazonaws.com', alarm.arn),
        );
      results.push({ arn });
    } catch (error) {
      results.push({ arn, error: String(error) });
      env.host.notify({
        name: 'delivery.failed',
        data: { source: alarm.arn, target: arn, reason: reasonOf(error), next: 'lost' },
      });
    }
  return results;
}

function functionEvent(env: ServiceEnvironment, alarm: AlarmRecord, before: AlarmRecord): Message {
  const state = ({ state: value, reason, reasonData, stateAt }: AlarmRecord) => ({
    value,
    reason,
    ...(reasonData === undefined ? {} : { reasonData }),
    timestamp: offsetTime(stateAt),
  });
  const event = {
    source: 'aws.cloudwatch',
    alarmArn: alarm.arn,
    accountId: env.accountId,
    time: offsetTime(alarm.stateAt),
    region: env.region,
    alarmData: {
      alarmName: alarm.name,
      state: state(alarm),
      previousState: state(before),
      configuration: {
        ...(alarm.description === undefined ? {} : { description: alarm.description }),
        ...(alarm.kind === 'composite' ? { alarmRule: alarm.rule } : { metrics: metricsOf(alarm) }),
      },
    },
  };
  return { body: JSON.stringify(event) };
}

const metricsOf = ({ single, metrics = [] }: MetricAlarmRecord) =>
  single
    ? [
        {
          id: 'm1',
          metricStat: {
            metric: {
              namespace: single.namespace,
              name: single.name,
              dimensions: Object.fromEntries(single.dimensions),
            },
            period: single.period,
            stat: single.statistic ?? single.extendedStatistic,
            ...(single.unit ? { unit: single.unit } : {}),
          },
          returnData: true,
        },
      ]
    : metrics.map(({ Id, Label, Expression, MetricStat: stat, ReturnData }) => ({
        id: Id,
        ...(Label === undefined ? {} : { label: Label }),
        ...(Expression === undefined ? {} : { expression: Expression }),
        ...(stat
          ? {
              metricStat: {
                metric: {
                  namespace: stat.Metric?.Namespace,
                  name: stat.Metric?.MetricName,
                  dimensions: Object.fromEntries(
                    (stat.Metric?.Dimensions ?? []).map(({ Name = '', Value }) => [Name, Value]),
                  ),
                },
                period: stat.Period,
                stat: stat.Stat,
                ...(stat.Unit ? { unit: stat.Unit } : {}),
              },
            }
          : {}),
        returnData: ReturnData ?? true,
      }));

function notice(env: ServiceEnvironment, alarm: AlarmRecord, old: State): Message {
  const body = {
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
  return {
    body: JSON.stringify(body),
    subject: `${alarm.state}: "${alarm.name}" in ${env.region}`.slice(0, 100),
  };
}

function trigger(alarm: MetricAlarmRecord) {
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
