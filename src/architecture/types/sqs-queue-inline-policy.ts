import { defineType } from './facts.ts';

export const sqsQueueInlinePolicy = defineType({
  type: 'AWS::SQS::QueueInlinePolicy',
  called: 'queue policy',
  policies: [{ target: 'Queue', document: 'PolicyDocument' }],
});
