/** Streams and Firehose: https://aws.amazon.com/kinesis/data-streams/pricing/ , …/firehose/pricing/ */
import { textAt } from '../../../architecture/index.ts';
import { times } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { line, type Pricer } from './model.ts';
import { read } from './properties.ts';
import { allMonth, each, kbPerGb, monthly, oncePerUse, perGb, sumOf } from './questions.ts';

export const stream: Pricer = {
  types: ['AWS::Kinesis::Stream'],
  work: 'records',
  questions: (resource) => [
    monthly('records', 'Records put, each 25 KB begun', 'record', (flow) => {
      const arrivals = arrivalsOf(resource, flow);
      return arrivals.length === 0
        ? oncePerUse('record', flow)
        : sumOf(arrivals, 'record', 'one for each call, event or message of');
    }),
    each('recordKB', 'Size of a record', 'KB', 1, 'an event'),
  ],
  items: (resource, flow) => {
    const mode = textAt(resource.properties, 'StreamModeDetails.StreamMode') ?? 'PROVISIONED';
    const size = times(
      times(flow.of(resource, 'records'), flow.of(resource, 'recordKB')),
      1 / kbPerGb,
      perGb,
    );
    if (mode === 'ON_DEMAND')
      return [
        line('kinesis.on-demand.stream', allMonth('stream-hour')),
        line('kinesis.on-demand.in', size),
        line('kinesis.on-demand.out', size),
      ];
    const shards = read(resource).number('ShardCount', 1) ?? 1;
    return [
      line('kinesis.provisioned.shard', allMonth('shard-hour', shards)),
      line('kinesis.provisioned.put', flow.of(resource, 'records')),
    ];
  },
};

export const firehose: Pricer = {
  types: ['AWS::KinesisFirehose::DeliveryStream'],
  work: 'records',
  questions: (resource) => [
    monthly('records', 'Records delivered', 'record', (flow) => {
      const arrivals = arrivalsOf(resource, flow);
      return arrivals.length === 0
        ? oncePerUse('record', flow)
        : sumOf(arrivals, 'record', 'one for each record, call or message of');
    }),
  ],
  items: (resource, flow) => [
    line(
      'firehose.ingestion',
      times(
        flow.of(resource, 'records'),
        5 / kbPerGb,
        '5 KB, to which each record is rounded up, ÷ 1,048,576 KB in a GB',
      ),
    ),
  ],
};
