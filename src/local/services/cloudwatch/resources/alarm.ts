import { type Invoke, resourceType } from '../../../service.ts';

type Properties = Readonly<Record<string, unknown>> & {
  readonly AlarmName?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
};

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

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export const alarm = resourceType<Properties>({
  type: 'AWS::CloudWatch::Alarm',
  mode: 'live',
  honoured,
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const AlarmName = p.AlarmName ?? uniqueName(255);
    const own = Object.fromEntries((p.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    const Tags = Object.entries({ ...stackTags, ...own }).map(([Key, Value]) => ({ Key, Value }));
    await put(invoke, AlarmName, p, Tags);
    const { MetricAlarms } = await invoke<{ MetricAlarms: { AlarmArn: string }[] }>(
      'cloudwatch',
      'DescribeAlarms',
      { AlarmNames: [AlarmName] },
    );
    return { physicalId: AlarmName, attributes: { Arn: MetricAlarms[0]?.AlarmArn } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    await put(invoke, physicalId, p, undefined);
    const ResourceARN = previousAttributes.Arn;
    const TagKeys = (previous.Tags ?? []).map(({ Key }) => Key);
    if (TagKeys.length > 0) await invoke('cloudwatch', 'UntagResource', { ResourceARN, TagKeys });
    if (p.Tags?.length) await invoke('cloudwatch', 'TagResource', { ResourceARN, Tags: p.Tags });
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] }).catch((error: unknown) => {
      if ((error as Error).name !== 'ResourceNotFound') throw error;
    });
  },
});

const put = (invoke: Invoke, AlarmName: string, p: Properties, Tags: object[] | undefined) => {
  const input: Record<string, unknown> = {};
  for (const name of honoured) if (p[name] !== undefined) input[name] = typed(name, p[name]);
  return invoke('cloudwatch', 'PutMetricAlarm', { ...input, AlarmName, Tags });
};

const numbers = ['DatapointsToAlarm', 'EvaluationPeriods', 'Period', 'Threshold'];
const booleans = ['ActionsEnabled', 'ReturnData'];

/** Templates may write numbers and booleans as text, also inside Metrics. */
function typed(name: string, value: unknown): unknown {
  if (numbers.includes(name)) return Number(value);
  if (booleans.includes(name)) return String(value) === 'true';
  if (name === 'Dimensions') return value;
  if (Array.isArray(value)) return value.map((one: unknown) => typed('', one));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typed(key, one)]));
  return value;
}
