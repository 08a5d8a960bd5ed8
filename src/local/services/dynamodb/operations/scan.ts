import type { ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { type DynamoContext, expressionAttributes, onTable, readsAll } from '../context.ts';
import { constraint, validation } from '../errors.ts';
import {
  checkKeyPaths,
  checkLimit,
  checkStartKey,
  defaultSelect,
  readIndex,
  readSelect,
  readStartKey,
  runSelection,
} from '../read.ts';
import { readScan } from '../request.ts';
import { inSegment, type Segment } from '../storage/page.ts';
import { partitionOf } from '../values/key-encoding.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html */
export const scan = (context: DynamoContext) =>
  operation('dynamodb', 'Scan', {
    accepts: [
      'TableName',
      'IndexName',
      'AttributesToGet',
      'Limit',
      'Select',
      'ScanFilter',
      'ConditionalOperator',
      'ExclusiveStartKey',
      'ReturnConsumedCapacity',
      'TotalSegments',
      'Segment',
      'ProjectionExpression',
      'FilterExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ConsistentRead',
    ],
    access: (input) =>
      onTable(context, 'Scan', input.TableName, {
        index: input.IndexName,
        attributes: readsAll(input) ? [] : expressionAttributes(input),
        select: defaultSelect(input),
        returnConsumedCapacity: input.ReturnConsumedCapacity,
        fullScan: true,
      }),
    handle(input) {
      checkLimit(input.Limit);
      checkStartKey(input.ExclusiveStartKey);
      const segment = readSegment(input);
      const { filter, paths } = readScan(input);
      const table = context.tables.get(input.TableName);
      const index = readIndex(table, input.IndexName, input.ConsistentRead);
      const start = readStartKey({ table, index }, input.ExclusiveStartKey);
      const select = readSelect(input, index, 'Scanning');
      checkKeyPaths(table, filter, paths);
      const hash = start?.[(index?.keys ?? table.record.keys).hash];
      if (segment && hash && !inSegment(partitionOf(hash), segment))
        throw validation(
          `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${segment.of} Segment: ${segment.number}`,
        );
      return runSelection(context, {
        request: { table, index, start, limit: input.Limit, segment },
        filter,
        paths,
        select,
        consistent: input.ConsistentRead ?? false,
        returnCapacity: input.ReturnConsumedCapacity,
      }) as never;
    },
  });

function readSegment({ Segment: number, TotalSegments: of }: ScanCommandInput): Segment | undefined {
  if (number === undefined && of === undefined) return undefined;
  if (of === undefined)
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  if (number === undefined)
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  if (!(of >= 1)) throw constraint(of, 'totalSegments', 'Member must have value greater than or equal to 1');
  if (of > 1_000_000)
    throw constraint(of, 'totalSegments', 'Member must have value less than or equal to 1000000');
  if (number < 0) throw constraint(number, 'segment', 'Member must have value greater than or equal to 0');
  if (number >= of)
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${number} is not less than TotalSegments: ${of}`,
    );
  return { number, of };
}
