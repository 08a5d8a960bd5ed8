import { formatArn, parseArn } from '../../../../core/arn.ts';
import { required } from '../../../invoke.ts';
import { retag, type Tag, tagList } from '../../../resource-tags.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface Properties {
  readonly TopicName?: string;
  readonly DisplayName?: string;
  readonly FifoTopic?: boolean;
  readonly ContentBasedDeduplication?: boolean;
  readonly FifoThroughputScope?: string;
  readonly KmsMasterKeyId?: string;
  readonly SignatureVersion?: string;
  readonly TracingConfig?: string;
  readonly Subscription?: readonly { readonly Endpoint: string; readonly Protocol: string }[];
  readonly Tags?: readonly Tag[];
}

const kept = 'kept and answered: subscribers here cannot see it';
const settable = [
  'DisplayName',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
  'ContentBasedDeduplication',
  'FifoThroughputScope',
] as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
export const topic = resourceType<Properties>({
  type: 'AWS::SNS::Topic',
  mode: 'live',
  honoured: [
    'TopicName',
    'DisplayName',
    'FifoTopic',
    'ContentBasedDeduplication',
    'FifoThroughputScope',
    'Subscription',
    'Tags',
  ],
  kept: { KmsMasterKeyId: kept, SignatureVersion: kept, TracingConfig: kept },
  named: ['TopicName'],
  adopts: true,
  async find({ properties: p, invoke, uniqueName, stackId }) {
    const Name = p.TopicName ?? (p.FifoTopic ? `${uniqueName(251)}.fifo` : uniqueName(256));
    const TopicArn = formatArn({ ...parseArn(stackId), service: 'sns', resource: Name });
    const found = invoke('sns', 'GetTopicAttributes', { TopicArn });
    return (await ignoring(found, 'NotFoundException')) && state(TopicArn, Name);
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const Name = p.TopicName ?? (p.FifoTopic ? `${uniqueName(251)}.fifo` : uniqueName(256));
    const Attributes: Record<string, string> = {};
    for (const name of settable) if (p[name] !== undefined) Attributes[name] = String(p[name]);
    if (p.FifoTopic !== undefined) Attributes.FifoTopic = String(p.FifoTopic);
    const made = await invoke('sns', 'CreateTopic', {
      Name,
      Attributes,
      Tags: tagList(tags),
    });
    const TopicArn = required(made.TopicArn, 'TopicArn');
    for (const { Endpoint, Protocol } of p.Subscription ?? [])
      await invoke('sns', 'Subscribe', { TopicArn, Endpoint, Protocol });
    return state(TopicArn, Name);
  },
  async update({
    properties: p,
    previous,
    physicalId: TopicArn,
    previousAttributes,
    invoke,
    tags,
    previousTags,
  }) {
    for (const AttributeName of settable)
      if (p[AttributeName] !== previous[AttributeName])
        await invoke('sns', 'SetTopicAttributes', {
          TopicArn,
          AttributeName,
          AttributeValue: p[AttributeName] === undefined ? '' : String(p[AttributeName]),
        });
    await moveSubscriptions(invoke, TopicArn, p, previous);
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('sns', 'UntagResource', { ResourceArn: TopicArn, TagKeys }),
      set: (changed) => invoke('sns', 'TagResource', { ResourceArn: TopicArn, Tags: tagList(changed) }),
    });
    return { physicalId: TopicArn, attributes: previousAttributes };
  },
  async delete({ physicalId: TopicArn, invoke }) {
    await invoke('sns', 'DeleteTopic', { TopicArn });
  },
});

const state = (TopicArn: string, TopicName: string) => ({
  physicalId: TopicArn,
  attributes: { TopicArn, TopicName },
});

async function moveSubscriptions(
  invoke: Invoke,
  TopicArn: string,
  p: Properties,
  previous: Properties,
): Promise<void> {
  const same = (a: { Endpoint: string; Protocol: string }, b: { Endpoint: string; Protocol: string }) =>
    a.Endpoint === b.Endpoint && a.Protocol === b.Protocol;
  // Subscribing again answers the subscription there is, with its ARN.
  for (const gone of (previous.Subscription ?? []).filter((a) => !p.Subscription?.some((b) => same(a, b)))) {
    const { SubscriptionArn } = await invoke('sns', 'Subscribe', {
      TopicArn,
      ...gone,
      ReturnSubscriptionArn: true,
    });
    await invoke('sns', 'Unsubscribe', { SubscriptionArn });
  }
  for (const { Endpoint, Protocol } of p.Subscription ?? [])
    await invoke('sns', 'Subscribe', { TopicArn, Endpoint, Protocol });
}
