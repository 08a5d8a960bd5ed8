import { resourceType } from '../../../service.ts';

interface QueuePolicyProperties {
  readonly PolicyDocument: object;
  readonly Queues: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicy = resourceType<QueuePolicyProperties>({
  type: 'AWS::SQS::QueuePolicy',
  mode: 'live',
  honoured: ['PolicyDocument', 'Queues'],
  async create({ properties: p, invoke, uniqueName }) {
    for (const QueueUrl of p.Queues)
      await invoke('sqs', 'SetQueueAttributes', {
        QueueUrl,
        Attributes: { Policy: JSON.stringify(p.PolicyDocument) },
      });
    const id = uniqueName(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    for (const QueueUrl of previous.Queues)
      if (!p.Queues.includes(QueueUrl))
        await invoke('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } }).catch(ifGone);
    for (const QueueUrl of p.Queues)
      await invoke('sqs', 'SetQueueAttributes', {
        QueueUrl,
        Attributes: { Policy: JSON.stringify(p.PolicyDocument) },
      });
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ properties: p, invoke }) {
    for (const QueueUrl of p.Queues)
      await invoke('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } }).catch(ifGone);
  },
});

const ifGone = (error: unknown) => {
  if ((error as Error).name !== 'QueueDoesNotExist') throw error;
};
