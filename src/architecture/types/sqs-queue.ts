import { defineType } from './facts.ts';

export const sqsQueue = defineType({
  type: 'AWS::SQS::Queue',
  called: 'SQS queue',
  name: 'QueueName',
  ref: 'url',
  drawn: { category: 'messaging' },
  store: {
    kind: 'queue',
    // Deleting needs the handle that receiving gives: together they consume.
    read: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    write: ['sqs:SendMessage'],
    consume: ['sqs:ReceiveMessage'],
    admin: ['sqs:PurgeQueue', 'sqs:SetQueueAttributes', 'sqs:DeleteQueue'],
  },
  encryption: { key: 'KmsMasterKeyId', switch: 'SqsManagedSseEnabled', on: 'aws-owned', absent: 'aws-owned' },
  deadLetters: [{ to: 'RedrivePolicy.deadLetterTargetArn' }],
});
