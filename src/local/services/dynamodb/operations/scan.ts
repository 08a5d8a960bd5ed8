import type { ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import {
  checkKeyPaths,
  checkStartKey,
  defaultSelect,
  readIndex,
  readSelect,
  readStartKey,
  runSelection,
} from '../read.ts';
import { readScan, selectedNames } from '../request.ts';
import { inSegment, type Segment } from '../storage/page.ts';
import { partitionOf } from '../values/key-encoding.ts';

/** For the permission and for the answer. */
const readOnce = oncePer(readScan);

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
        attributes: selectedNames(readOnce(input)),
        select: defaultSelect(input),
        returnConsumedCapacity: input.ReturnConsumedCapacity,
        fullScan: true,
      }),
    handle(input) {
      checkStartKey(input.ExclusiveStartKey);
      const segment = readSegment(input);
      const { filter, paths } = readOnce(input);
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
  if (number >= of)
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${number} is not less than TotalSegments: ${of}`,
    );
  return { number, of };
}
