import { type Invoke, resourceType } from '../../../service.ts';

interface Properties {
  readonly PolicyDocument: object;
  readonly Topics: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicy = resourceType<Properties>({
  type: 'AWS::SNS::TopicPolicy',
  mode: 'live',
  honoured: ['PolicyDocument', 'Topics'],
  async create({ properties: p, invoke, uniqueName }) {
    for (const TopicArn of p.Topics) await set(invoke, TopicArn, JSON.stringify(p.PolicyDocument));
    const id = uniqueName(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    for (const TopicArn of previous.Topics)
      if (!p.Topics.includes(TopicArn)) await set(invoke, TopicArn, '').catch(ifGone);
    for (const TopicArn of p.Topics) await set(invoke, TopicArn, JSON.stringify(p.PolicyDocument));
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ properties: p, invoke }) {
    for (const TopicArn of p.Topics) await set(invoke, TopicArn, '').catch(ifGone);
  },
});

const set = (invoke: Invoke, TopicArn: string, AttributeValue: string) =>
  invoke('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });

const ifGone = (error: unknown) => {
  if ((error as Error).name !== 'NotFoundException') throw error;
};
