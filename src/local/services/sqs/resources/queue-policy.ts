import { documentText } from '../../../document-text.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface QueuePolicyProperties {
  readonly PolicyDocument: object | string;
  readonly Queues: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicy = resourceType<QueuePolicyProperties>({
  type: 'AWS::SQS::QueuePolicy',
  mode: 'live',
  honoured: ['PolicyDocument', 'Queues'],
  async create({ properties: p, invoke, uniqueName }) {
    for (const QueueUrl of p.Queues) await set(invoke, QueueUrl, documentText(p.PolicyDocument));
    const id = uniqueName(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    for (const QueueUrl of previous.Queues) if (!p.Queues.includes(QueueUrl)) await clear(invoke, QueueUrl);
    for (const QueueUrl of p.Queues) await set(invoke, QueueUrl, documentText(p.PolicyDocument));
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ properties: p, invoke }) {
    for (const QueueUrl of p.Queues) await clear(invoke, QueueUrl);
  },
});

const set = (invoke: Invoke, QueueUrl: string, Policy: string) =>
  invoke('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });

/** A queue that is gone has no policy any more. */
const clear = (invoke: Invoke, QueueUrl: string) => ignoring(set(invoke, QueueUrl, ''), 'QueueDoesNotExist');
