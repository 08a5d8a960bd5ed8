import { AwsError, operation } from '../../../service.ts';
import { findStream, invalid, type StreamsContext, sequenceOf } from '../context.ts';
import { iteratorText } from '../iterators.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
export const getShardIterator = (context: StreamsContext) =>
  operation('dynamodbstreams', 'GetShardIterator', {
    accepts: 'all',
    access: ({ StreamArn = '' }) => ({ action: 'dynamodb:GetShardIterator', resource: StreamArn }),
    handle({ StreamArn, ShardId, ShardIteratorType: type = 'TRIM_HORIZON', SequenceNumber }) {
      const { env, log } = context;
      const stream = findStream(context, StreamArn);
      if (ShardId !== stream.shardId)
        throw new AwsError(
          'ResourceNotFoundException',
          `Requested resource not found: Shard does not exist: ${ShardId}`,
        );
      const numbered = type === 'AT_SEQUENCE_NUMBER' || type === 'AFTER_SEQUENCE_NUMBER';
      if (numbered !== (SequenceNumber !== undefined))
        throw invalid(`SequenceNumber must ${numbered ? '' : 'not '}be given with ${type}`);
      const given = SequenceNumber === undefined ? 0 : sequenceOf(SequenceNumber);
      const after = {
        TRIM_HORIZON: 0,
        LATEST: log.last(stream.arn),
        AT_SEQUENCE_NUMBER: given - 1,
        AFTER_SEQUENCE_NUMBER: given,
      };
      return {
        ShardIterator: iteratorText({ stream: stream.arn, after: after[type], made: env.clock.now() }),
      };
    },
  });
