import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import { operation } from '../../../service.ts';
import { findStream, type StreamsContext } from '../context.ts';
import { iteratorText, readIterator } from '../iterators.ts';
import { recordOf } from '../records.ts';

/** Of one answer. */
const largestAnswer = { records: 1000, bytes: 1024 * 1024 };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html */
export const getRecords = (context: StreamsContext) =>
  operation('dynamodbstreams', 'GetRecords', {
    accepts: 'all',
    access: ({ ShardIterator = '' }) => ({
      action: 'dynamodb:GetRecords',
      resource: ShardIterator.slice(0, Math.max(0, ShardIterator.indexOf('|'))),
    }),
    handle({ ShardIterator = '', Limit = largestAnswer.records }) {
      const { env, log } = context;
      const now = env.clock.now();
      const iterator = readIterator(ShardIterator, now);
      const stream = findStream(context, iterator.stream);
      const Records: _Record[] = [];
      let { after } = iterator;
      let bytes = 0;
      for (const change of log.after(stream.arn, after, Limit)) {
        bytes += change.size;
        if (Records.length > 0 && bytes > largestAnswer.bytes) break;
        Records.push(recordOf(change, stream, env.region));
        after = change.sequence;
      }
      // A closed shard ends after its last record.
      const ended = stream.endedAt !== undefined && after >= log.last(stream.arn);
      return {
        Records,
        ...(ended ? {} : { NextShardIterator: iteratorText({ stream: stream.arn, after, made: now }) }),
      };
    },
  });
