import { operation } from '../../../service.ts';
import type { StreamsContext } from '../context.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html */
export const listStreams = (context: StreamsContext) =>
  operation('dynamodbstreams', 'ListStreams', {
    accepts: 'all',
    access: () => ({ action: 'dynamodb:ListStreams', resource: '*' }),
    handle({ TableName, Limit = 100, ExclusiveStartStreamArn: after }) {
      const all = [...context.log.streams.values()].filter(({ table }) => !TableName || table === TableName);
      const from = after === undefined ? 0 : all.findIndex(({ arn }) => arn === after) + 1;
      const found = all.slice(from, from + Limit);
      return {
        Streams: found.map(({ arn, table, label }) => ({
          StreamArn: arn,
          TableName: table,
          StreamLabel: label,
        })),
        ...(from + Limit < all.length ? { LastEvaluatedStreamArn: found.at(-1)?.arn } : {}),
      };
    },
  });
