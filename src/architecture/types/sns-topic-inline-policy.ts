import { defineType } from './facts.ts';

export const snsTopicInlinePolicy = defineType({
  type: 'AWS::SNS::TopicInlinePolicy',
  called: 'topic policy',
  policies: [{ target: 'TopicArn', document: 'PolicyDocument' }],
});
