import { documentText } from '../../../document-text.ts';
import { type Invoke, ignoring, resourceType } from '../../../service.ts';

interface Properties {
  readonly PolicyDocument: object | string;
  readonly Topics: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicy = resourceType<Properties>({
  type: 'AWS::SNS::TopicPolicy',
  mode: 'live',
  honoured: ['PolicyDocument', 'Topics'],
  async create({ properties: p, invoke, uniqueName }) {
    for (const TopicArn of p.Topics) await set(invoke, TopicArn, documentText(p.PolicyDocument));
    const id = uniqueName(128);
    return { physicalId: id, attributes: { Id: id } };
  },
  async update({ properties: p, previous, physicalId, previousAttributes, invoke }) {
    for (const TopicArn of previous.Topics) if (!p.Topics.includes(TopicArn)) await clear(invoke, TopicArn);
    for (const TopicArn of p.Topics) await set(invoke, TopicArn, documentText(p.PolicyDocument));
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ properties: p, invoke }) {
    for (const TopicArn of p.Topics) await clear(invoke, TopicArn);
  },
});

const set = (invoke: Invoke, TopicArn: string, AttributeValue: string) =>
  invoke('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });

/** A topic that is gone has no policy any more. */
const clear = (invoke: Invoke, TopicArn: string) => ignoring(set(invoke, TopicArn, ''), 'NotFoundException');
