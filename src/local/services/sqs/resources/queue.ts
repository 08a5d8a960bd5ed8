import { required } from '../../../invoke.ts';
import { retag, type Tag } from '../../../resource-tags.ts';
import { type Invoke, ignoring, type ResourceRequest, resourceType } from '../../../service.ts';

type Text = string | number | boolean;

interface QueueProperties {
  readonly QueueName?: string;
  readonly FifoQueue?: boolean;
  readonly RedrivePolicy?: object | string;
  readonly RedriveAllowPolicy?: object | string;
  readonly Tags?: readonly Tag[];
  readonly [attribute: string]: unknown;
}

const attributes = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
] as const;

const encryption = ['KmsDataKeyReusePeriodSeconds', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];

/** What a property that is taken out of the template goes back to. */
const initial: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  DelaySeconds: '0',
  FifoThroughputLimit: 'perQueue',
  KmsDataKeyReusePeriodSeconds: '300',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const queue = resourceType<QueueProperties>({
  type: 'AWS::SQS::Queue',
  mode: 'live',
  honoured: ['QueueName', 'Tags', ...attributes.filter((name) => !encryption.includes(name))],
  kept: Object.fromEntries(
    encryption.map((name) => [
      name,
      'kept and answered: a client of the queue cannot see its encryption at rest',
    ]),
  ),
  named: ['QueueName'],
  adopts: true,
  async find(request) {
    const QueueName = nameOf(request);
    const found = await ignoring(request.invoke('sqs', 'GetQueueUrl', { QueueName }), 'QueueDoesNotExist');
    const QueueUrl = found?.QueueUrl;
    if (QueueUrl === undefined) return undefined;
    return { physicalId: QueueUrl, attributes: await describe(request.invoke, QueueUrl, QueueName) };
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const QueueName = nameOf({ properties: p, uniqueName });
    const made = await invoke('sqs', 'CreateQueue', {
      QueueName,
      Attributes: read(p),
      tags,
    });
    const QueueUrl = required(made.QueueUrl, 'QueueUrl');
    return { physicalId: QueueUrl, attributes: await describe(invoke, QueueUrl, QueueName) };
  },
  async update({
    properties: p,
    previous,
    physicalId: QueueUrl,
    previousAttributes,
    invoke,
    tags,
    previousTags,
  }) {
    const wanted = read(p);
    for (const name of Object.keys(read(previous)))
      if (wanted[name] === undefined && initial[name] !== undefined) wanted[name] = initial[name];
    // FifoQueue cannot be changed; a change of it replaces the queue.
    delete wanted.FifoQueue;
    if (wanted.KmsMasterKeyId && p.SqsManagedSseEnabled === undefined) delete wanted.SqsManagedSseEnabled;
    if (Object.keys(wanted).length > 0)
      await invoke('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: wanted });
    await retag(tags, previousTags, {
      remove: (TagKeys) => invoke('sqs', 'UntagQueue', { QueueUrl, TagKeys }),
      set: (Tags) => invoke('sqs', 'TagQueue', { QueueUrl, Tags }),
    });
    return { physicalId: QueueUrl, attributes: previousAttributes };
  },
  gone: ['QueueDoesNotExist'],
  async delete({ physicalId: QueueUrl, invoke }) {
    await invoke('sqs', 'DeleteQueue', { QueueUrl });
  },
});

const nameOf = ({
  properties: p,
  uniqueName,
}: Pick<ResourceRequest<QueueProperties>, 'properties' | 'uniqueName'>) =>
  p.QueueName ?? (p.FifoQueue ? `${uniqueName(75)}.fifo` : uniqueName(80));

function read(p: QueueProperties): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name of attributes) {
    const value = p[name];
    if (value === undefined || value === null) continue;
    // FifoQueue: false stands for a standard queue, of which AWS's API knows only the absence.
    if (name === 'FifoQueue' && value === false) continue;
    out[name] = typeof value === 'object' ? JSON.stringify(value) : String(value as Text);
  }
  return out;
}

async function describe(invoke: Invoke, QueueUrl: string, QueueName: string) {
  const { Attributes } = await invoke('sqs', 'GetQueueAttributes', {
    QueueUrl,
    AttributeNames: ['QueueArn'],
  });
  return { Arn: Attributes?.QueueArn, QueueName, QueueUrl };
}
