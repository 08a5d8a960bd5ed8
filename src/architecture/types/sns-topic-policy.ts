import { defineType } from './facts.ts';

export const snsTopicPolicy = defineType({
  type: 'AWS::SNS::TopicPolicy',
  called: 'topic policy',
  policies: [{ target: 'Topics', document: 'PolicyDocument' }],
});
