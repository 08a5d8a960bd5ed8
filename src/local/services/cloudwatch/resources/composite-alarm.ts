import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import { required } from '../../../invoke.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
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
  adopts: true,
  find: ({ properties: p, invoke, uniqueName }) => read(invoke, p.AlarmName ?? uniqueName(255)),
  async create({ properties: p, invoke, uniqueName, tags }) {
    const AlarmName = p.AlarmName ?? uniqueName(255);
    await put(invoke, AlarmName, p, tagList(tags));
    return required(await read(invoke, AlarmName), 'CompositeAlarms[0]');
  },
  async update({ properties: p, physicalId, previousAttributes, invoke, tags, previousTags }) {
    await put(invoke, physicalId, p, undefined);
    const ResourceARN = String(previousAttributes.Arn);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('cloudwatch', 'UntagResource', { ResourceARN, TagKeys }),
      set: (changed) => invoke('cloudwatch', 'TagResource', { ResourceARN, Tags: tagList(changed) }),
    });
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ResourceNotFound'],
  async delete({ physicalId, invoke }) {
    await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: [physicalId] });
  },
});

async function read(invoke: Invoke, AlarmName: string) {
  const { CompositeAlarms } = await invoke('cloudwatch', 'DescribeAlarms', {
    AlarmNames: [AlarmName],
    AlarmTypes: ['CompositeAlarm'],
  });
  const [found] = CompositeAlarms ?? [];
  return found && { physicalId: AlarmName, attributes: { Arn: found.AlarmArn } };
}

const put = (invoke: Invoke, AlarmName: string, p: Properties, Tags: Tag[] | undefined) =>
  invoke('cloudwatch', 'PutCompositeAlarm', { ...p, AlarmName, Tags });
