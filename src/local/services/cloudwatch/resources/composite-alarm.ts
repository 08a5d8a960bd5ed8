import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import { type Invoke, resourceType } from '../../../service.ts';

const honoured = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'AlarmRule',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
] as const;

type Properties = Pick<PutCompositeAlarmInput, Exclude<(typeof honoured)[number], 'AlarmName'>> & {
  readonly AlarmName?: string;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarm = resourceType<Properties>({
  type: 'AWS::CloudWatch::CompositeAlarm',
  mode: 'live',
  honoured,
  async create({ properties: p, invoke, uniqueName }) {
    const AlarmName = p.AlarmName ?? uniqueName(255);
    await put(invoke, AlarmName, p);
    const { CompositeAlarms = [] } = await invoke('cloudwatch', 'DescribeAlarms', {
      AlarmNames: [AlarmName],
      AlarmTypes: ['CompositeAlarm'],
    });
    return { physicalId: AlarmName, attributes: { Arn: CompositeAlarms[0]?.AlarmArn } };
  },
  async update({ properties: p, physicalId, previousAttributes, invoke }) {
    await put(invoke, physicalId, p);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFound'],
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] });
  },
});

const put = (invoke: Invoke, AlarmName: string, p: Properties) =>
  invoke('cloudwatch', 'PutCompositeAlarm', { ...p, AlarmName });
