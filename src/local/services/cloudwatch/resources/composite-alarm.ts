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
  'AlarmRule',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarm = resourceType<Properties>({
  type: 'AWS::CloudWatch::CompositeAlarm',
  mode: 'live',
  honoured,
  async create({ properties: p, invoke, uniqueName }) {
    const AlarmName = p.AlarmName ?? uniqueName(255);
    await put(invoke, AlarmName, p);
    const { CompositeAlarms } = await invoke<{ CompositeAlarms: { AlarmArn: string }[] }>(
      'cloudwatch',
      'DescribeAlarms',
      { AlarmNames: [AlarmName], AlarmTypes: ['CompositeAlarm'] },
    );
    return { physicalId: AlarmName, attributes: { Arn: CompositeAlarms[0]?.AlarmArn } };
  },
  async update({ properties: p, physicalId, previousAttributes, invoke }) {
    await put(invoke, physicalId, p);
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] }).catch((error: unknown) => {
      if ((error as Error).name !== 'ResourceNotFound') throw error;
    });
  },
});

const put = (invoke: Invoke, AlarmName: string, p: Properties) => {
  const input: Record<string, unknown> = {};
  for (const name of honoured) if (p[name] !== undefined) input[name] = p[name];
  if (p.ActionsEnabled !== undefined) input.ActionsEnabled = String(p.ActionsEnabled) === 'true';
  return invoke('cloudwatch', 'PutCompositeAlarm', { ...input, AlarmName });
};
