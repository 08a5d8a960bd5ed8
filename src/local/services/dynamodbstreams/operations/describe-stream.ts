import type { StreamDescription } from '@aws-sdk/client-dynamodb-streams';
import { operation } from '../../../service.ts';
import { findStream, type StreamsContext, sequenceText } from '../context.ts';

/** Filters of shards are refused by name: there is one. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html */
export const describeStream = (context: StreamsContext) =>
  operation('dynamodbstreams', 'DescribeStream', {
    accepts: ['StreamArn', 'Limit', 'ExclusiveStartShardId'],
    access: ({ StreamArn = '' }) => ({ action: 'dynamodb:DescribeStream', resource: StreamArn }),
    handle({ StreamArn, ExclusiveStartShardId: after }) {
      const stream = findStream(context, StreamArn);
      const { keys, createdAt, endedAt } = stream;
      const first = createdAt * 1000;
      const shard = {
        ShardId: stream.shardId,
        SequenceNumberRange: {
          StartingSequenceNumber: sequenceText(first),
          ...(endedAt === undefined
            ? {}
            : { EndingSequenceNumber: sequenceText(context.log.last(stream.arn) || first) }),
        },
      };
      const description: StreamDescription = {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: endedAt === undefined ? 'ENABLED' : 'DISABLED',
        StreamViewType: stream.view,
        CreationRequestDateTime: new Date(createdAt),
        TableName: stream.table,
        KeySchema: [
          { AttributeName: keys.hash, KeyType: 'HASH' },
          ...(keys.range === undefined ? [] : [{ AttributeName: keys.range, KeyType: 'RANGE' as const }]),
        ],
        Shards: after === stream.shardId ? [] : [shard],
      };
      return { StreamDescription: description };
    },
  });
