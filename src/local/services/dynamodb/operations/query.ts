import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { checkFilter, readKeyCondition } from '../expressions/key-condition.ts';
import {
  checkKeyPaths,
  checkStartKey,
  defaultSelect,
  readIndex,
  readSelect,
  readStartKey,
  runSelection,
} from '../read.ts';
import { readQuery, selectedNames } from '../request.ts';
import { equalValues } from '../values/compare.ts';
import type { Item } from '../values/types.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export const query = (context: DynamoContext) =>
  operation('dynamodb', 'Query', {
    accepts: [
      'TableName',
      'IndexName',
      'Select',
      'AttributesToGet',
      'Limit',
      'ConsistentRead',
      'KeyConditions',
      'QueryFilter',
      'ConditionalOperator',
      'ScanIndexForward',
      'ExclusiveStartKey',
      'ReturnConsumedCapacity',
      'ProjectionExpression',
      'FilterExpression',
      'KeyConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
    ],
    access: (input) =>
      onTable(context, 'Query', input.TableName, {
        index: input.IndexName,
        leading: leadingItems(context, input),
        attributes: selectedNames(readOnce(input)),
        select: defaultSelect(input),
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      }),
    handle(input) {
      checkStartKey(input.ExclusiveStartKey);
      const { keys: leaves, filter, paths } = readOnce(input);
      const table = context.tables.get(input.TableName);
      const index = readIndex(table, input.IndexName, input.ConsistentRead);
      const keys = index?.keys ?? table.record.keys;
      const start = readStartKey({ table, index }, input.ExclusiveStartKey);
      const { partition, range } = readKeyCondition(leaves, keys, table.record.attributes);
      if (filter) checkFilter(filter, keys, input.QueryFilter ? 'QueryFilter' : 'Filter Expression');
      const select = readSelect(input, index, 'Querying');
      checkKeyPaths(table, filter, paths);
      if (start) {
        const hash = start[keys.hash];
        const sort = keys.range === undefined ? undefined : start[keys.range];
        if (!hash || !equalValues(hash, partition))
          throw validation(
            'The provided starting key is outside query boundaries based on provided conditions',
          );
        if (range && sort && range.locate(sort) !== 0)
          throw validation('The provided starting key does not match the range key predicate');
      }
      return runSelection(context, {
        request: {
          table,
          index,
          partition,
          range,
          reverse: input.ScanIndexForward === false,
          start,
          limit: input.Limit,
        },
        filter,
        paths,
        select,
        consistent: input.ConsistentRead ?? false,
        returnCapacity: input.ReturnConsumedCapacity,
      }) as never;
    },
  });

/** For the permission and for the answer. */
const readOnce = oncePer(readQuery);

/** The partition asked for, when the request fits the table; what is wrong with it is said by `handle`. */
function leadingItems({ tables }: DynamoContext, input: QueryCommandInput): Item[] {
  const table = tables.find(input.TableName);
  const { keys: leaves } = readOnce(input);
  const index = input.IndexName === undefined ? undefined : table?.index(input.IndexName);
  const hash = (index?.keys ?? table?.record.keys)?.hash;
  const value = leaves.find((leaf) => leaf.name === hash && leaf.operator === '=')?.values[0];
  return hash === undefined || value === undefined ? [] : [{ [hash]: value }];
}
