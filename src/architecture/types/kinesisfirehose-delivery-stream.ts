import { defineType } from './facts.ts';

export const kinesisfirehoseDeliveryStream = defineType({
  type: 'AWS::KinesisFirehose::DeliveryStream',
  called: 'Firehose',
  name: 'DeliveryStreamName',
  drawn: { category: 'messaging' },
  store: {
    kind: 'stream',
    write: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
    admin: ['firehose:UpdateDestination', 'firehose:DeleteDeliveryStream'],
  },
  triggers: [{ kind: 'poll', from: 'KinesisStreamSourceConfiguration.KinesisStreamARN' }],
});
