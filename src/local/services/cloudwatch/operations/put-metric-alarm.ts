import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import { checkActions } from '../actions.ts';
import type { MetricAlarmRecord } from '../alarm-record.ts';
import { type CloudWatchContext, onAlarm, putTags, stateOf } from '../context.ts';
import { comparisonOperators, type MissingData } from '../decide.ts';
import { combination, invalid, validation } from '../errors.ts';
import { readDimensions, readPeriod, readQueries } from '../query.ts';
import { checkStatistic } from '../statistics.ts';

/**
 * Refused: anomaly detection (ThresholdMetricId), periods under a minute, EvaluateLowSampleCountPercentile
 * other than its default, the newer evaluation windows and criteria.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const putMetricAlarm = (context: CloudWatchContext) =>
  operation('cloudwatch', 'PutMetricAlarm', {
    accepts: [
      'AlarmName',
      'AlarmDescription',
      'ActionsEnabled',
      'OKActions',
      'AlarmActions',
      'InsufficientDataActions',
      'MetricName',
      'Namespace',
      'Statistic',
      'ExtendedStatistic',
      'Dimensions',
      'Period',
      'Unit',
      'EvaluationPeriods',
      'DatapointsToAlarm',
      'Threshold',
      'ComparisonOperator',
      'TreatMissingData',
      'EvaluateLowSampleCountPercentile',
      'Metrics',
      'Tags',
    ],
    access: onAlarm(context, 'PutMetricAlarm'),
    *problems(input) {
      yield* thrownBy(() =>
        checkActions(context.env, input.OKActions, input.AlarmActions, input.InsufficientDataActions),
      );
      yield* thrownBy(() => evaluation(input));
      yield* thrownBy(() => missing(input.TreatMissingData));
      yield* thrownBy(() => watched(input));
      const low = input.EvaluateLowSampleCountPercentile;
      if (low !== undefined && low !== 'evaluate')
        yield unsupported(`EvaluateLowSampleCountPercentile ${low}`);
    },
    handle(input) {
      const { alarms, env } = context;
      const name = input.AlarmName ?? '';
      const before = alarms.get(name);
      if (before?.kind === 'composite')
        throw new AwsError('ValidationError', `${name} is a composite alarm already.`);
      const now = env.clock.now();
      const { AlarmDescription } = input;
      const record: MetricAlarmRecord = {
        kind: 'metric',
        name,
        arn: alarms.arn(name),
        actionsEnabled: input.ActionsEnabled ?? true,
        okActions: input.OKActions ?? [],
        alarmActions: input.AlarmActions ?? [],
        insufficientDataActions: input.InsufficientDataActions ?? [],
        configuredAt: now,
        ...evaluation(input),
        ...(AlarmDescription === undefined ? {} : { description: AlarmDescription }),
        ...missing(input.TreatMissingData),
        ...watched(input),
        ...stateOf(before, now),
      };
      alarms.configure(record);
      putTags(env, record.arn, input.Tags);
      return {};
    },
  });

function evaluation(input: PutMetricAlarmCommandInput) {
  const { EvaluationPeriods: periods, ComparisonOperator: operator, DatapointsToAlarm: toAlarm } = input;
  if (periods === undefined || !Number.isInteger(periods) || periods < 1)
    throw invalid(`EvaluationPeriods must be 1 or more, not ${periods}.`);
  if (operator === undefined || !comparisonOperators.includes(operator))
    throw unsupported(`the ComparisonOperator ${operator}`);
  if (input.Threshold === undefined) throw combination('Threshold is needed.');
  if (toAlarm !== undefined && (toAlarm < 1 || toAlarm > periods))
    throw validation('The DatapointsToAlarm must be 1 to EvaluationPeriods.');
  return {
    operator,
    threshold: input.Threshold,
    periods,
    ...(toAlarm === undefined ? {} : { datapointsToAlarm: toAlarm }),
  };
}

const watched = (input: PutMetricAlarmCommandInput) =>
  input.Metrics?.length ? { metrics: checkQueries(input) } : { single: readSingle(input) };

const treatments: readonly string[] = [
  'missing',
  'ignore',
  'breaching',
  'notBreaching',
] satisfies MissingData[];

function missing(given: string | undefined): { missing?: MissingData } {
  if (given === undefined) return {};
  if (!treatments.includes(given)) throw validation(`TreatMissingData ${given} is unsupported.`);
  return { missing: given as MissingData };
}

function alarmPeriod(seconds: number): void {
  if (seconds < 60) throw unsupported(`alarms with a period of ${seconds} seconds; the least here is 60`);
}

function readSingle(input: PutMetricAlarmCommandInput): NonNullable<MetricAlarmRecord['single']> {
  const { MetricName, Namespace, Statistic, ExtendedStatistic, Period, Unit } = input;
  if (!MetricName || !Namespace)
    throw combination('An alarm needs either Metrics, or MetricName and Namespace.');
  if ((Statistic === undefined) === (ExtendedStatistic === undefined))
    throw combination('An alarm on one metric needs either Statistic or ExtendedStatistic.');
  checkStatistic(Statistic ?? ExtendedStatistic);
  const period = readPeriod(Period, 'An alarm on one metric') / 1000;
  alarmPeriod(period);
  return {
    namespace: Namespace,
    name: MetricName,
    dimensions: readDimensions(input.Dimensions),
    period,
    ...(Statistic ? { statistic: Statistic } : {}),
    ...(ExtendedStatistic ? { extendedStatistic: ExtendedStatistic } : {}),
    ...(Unit ? { unit: Unit } : {}),
  };
}

function checkQueries(input: PutMetricAlarmCommandInput): NonNullable<MetricAlarmRecord['metrics']> {
  for (const name of ['MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Period', 'Unit'] as const)
    if (input[name] !== undefined) throw combination(`${name} and Metrics cannot both be given.`);
  const queries = readQueries(input.Metrics);
  if (queries.filter((query) => query.returnData).length !== 1)
    throw validation('Exactly one element of the metrics list should return data.');
  for (const query of queries) alarmPeriod(query.period / 1000);
  return input.Metrics ?? [];
}
