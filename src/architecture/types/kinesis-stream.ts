import { defineType } from './facts.ts';

export const kinesisStream = defineType({
  type: 'AWS::Kinesis::Stream',
  called: 'Kinesis stream',
  name: 'Name',
  drawn: { category: 'messaging' },
  store: {
    kind: 'stream',
    read: ['kinesis:GetRecords'],
    consume: ['kinesis:GetRecords', 'kinesis:SubscribeToShard'],
    write: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    admin: ['kinesis:DeleteStream'],
  },
  encryption: { key: 'StreamEncryption.KeyId', on: 'none', absent: 'none' },
});
