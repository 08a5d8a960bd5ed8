import { defineType } from './facts.ts';

export const snsTopic = defineType({
  type: 'AWS::SNS::Topic',
  called: 'SNS topic',
  name: 'TopicName',
  ref: 'arn',
  drawn: { category: 'messaging' },
  store: {
    kind: 'topic',
    read: ['sns:Subscribe'],
    write: ['sns:Publish'],
    admin: ['sns:SetTopicAttributes', 'sns:AddPermission', 'sns:DeleteTopic'],
  },
  // Disk encryption without a key: https://docs.aws.amazon.com/sns/latest/dg/sns-data-encryption.html
  encryption: { on: 'aws-owned', absent: 'aws-owned', key: 'KmsMasterKeyId' },
  triggers: [{ kind: 'event', to: ['Subscription.*.Endpoint'] }],
  traced: { property: 'TracingConfig', is: 'Active' },
});
