import { defineType } from './facts.ts';

export const sqsQueuePolicy = defineType({
  type: 'AWS::SQS::QueuePolicy',
  called: 'queue policy',
  policies: [{ target: 'Queues', document: 'PolicyDocument' }],
});
