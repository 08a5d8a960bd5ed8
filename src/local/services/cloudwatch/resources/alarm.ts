import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { Tag } from '../../../resource-tags.ts';
import { alarmType } from './alarm-type.ts';

const honoured = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluateLowSampleCountPercentile',
  'EvaluationPeriods',
  'ExtendedStatistic',
  'InsufficientDataActions',
  'MetricName',
  'Metrics',
  'Namespace',
  'OKActions',
  'Period',
  'Statistic',
  'Tags',
  'Threshold',
  'TreatMissingData',
  'Unit',
] as const;

type Properties = Omit<Pick<PutMetricAlarmInput, (typeof honoured)[number]>, 'AlarmName' | 'Tags'> & {
  readonly AlarmName?: string;
  readonly Tags?: readonly Tag[];
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export const alarm = alarmType<Properties>({
  type: 'AWS::CloudWatch::Alarm',
  honoured,
  async arnOf(invoke, name) {
    const { MetricAlarms } = await invoke('cloudwatch', 'DescribeAlarms', { AlarmNames: [name] });
    return MetricAlarms?.[0]?.AlarmArn;
  },
  put: (invoke, AlarmName, p, Tags) => invoke('cloudwatch', 'PutMetricAlarm', { ...p, AlarmName, Tags }),
});
