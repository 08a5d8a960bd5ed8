import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { retag, type Tag, tagList, tagMap } from '../../../resource-tags.ts';
import { type Invoke, resourceType } from '../../../service.ts';

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
export const alarm = resourceType<Properties>({
  type: 'AWS::CloudWatch::Alarm',
  mode: 'live',
  honoured,
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const AlarmName = p.AlarmName ?? uniqueName(255);
    await put(invoke, AlarmName, p, tagList(tagMap(p.Tags, stackTags)));
    const { MetricAlarms = [] } = await invoke('cloudwatch', 'DescribeAlarms', { AlarmNames: [AlarmName] });
    return { physicalId: AlarmName, attributes: { Arn: MetricAlarms[0]?.AlarmArn } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    await put(invoke, physicalId, p, undefined);
    const ResourceARN = String(previousAttributes.Arn);
    await retag(p.Tags, previous.Tags, {
      remove: (TagKeys) => invoke('cloudwatch', 'UntagResource', { ResourceARN, TagKeys }),
      set: (tags) => invoke('cloudwatch', 'TagResource', { ResourceARN, Tags: tagList(tags) }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFound'],
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] });
  },
});

const put = (invoke: Invoke, AlarmName: string, p: Properties, Tags: Tag[] | undefined) =>
  invoke('cloudwatch', 'PutMetricAlarm', { ...p, AlarmName, Tags });
