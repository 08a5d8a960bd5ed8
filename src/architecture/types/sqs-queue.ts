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
  // Since July 2023 SSE-SQS by default: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
  encryption: { key: 'KmsMasterKeyId', switch: 'SqsManagedSseEnabled', on: 'aws-owned', absent: 'aws-owned' },
  deadLetters: [{ to: 'RedrivePolicy.deadLetterTargetArn' }],
});
