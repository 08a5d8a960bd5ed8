import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { type DynamoContext, expressionAttributes, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { bindCondition } from '../expressions/bind-condition.ts';
import { checkFilter, readKeyCondition } from '../expressions/key-condition.ts';
import { parseCondition, parseProjection } from '../expressions/parse.ts';
import { readPlaceholders } from '../expressions/placeholders.ts';
import { bindProjection } from '../expressions/project.ts';
import { checkLimit, defaultSelect, readIndex, readSelect, readStartKey, runSelection } from '../read.ts';
import { equalValues } from '../values/compare.ts';
import type { Item } from '../values/types.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
export const query = (context: DynamoContext) =>
  operation('dynamodb', 'Query', {
    accepts: [
      'TableName',
      'IndexName',
      'Select',
      'Limit',
      'ConsistentRead',
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
        attributes: input.ProjectionExpression === undefined ? [] : expressionAttributes(input),
        select: defaultSelect(input),
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      }),
    handle(input) {
      const { KeyConditionExpression, FilterExpression, ProjectionExpression } = input;
      checkLimit(input.Limit);
      if (KeyConditionExpression === undefined)
        throw validation(
          'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
        );
      const table = context.tables.get(input.TableName);
      const index = readIndex(table, input.IndexName, input.ConsistentRead);
      const select = readSelect(input, index, 'Querying');
      const parsed = {
        key: parseCondition('KeyConditionExpression', KeyConditionExpression),
        filter:
          FilterExpression === undefined ? undefined : parseCondition('FilterExpression', FilterExpression),
        projection:
          ProjectionExpression === undefined
            ? undefined
            : parseProjection('ProjectionExpression', ProjectionExpression),
      };
      const placeholders = readPlaceholders(
        input,
        { FilterExpression, KeyConditionExpression, ProjectionExpression },
        [parsed.key, parsed.filter, parsed.projection],
      );
      const filter = parsed.filter && bindCondition(parsed.filter, placeholders);
      const paths = parsed.projection && bindProjection(parsed.projection, placeholders);
      const keys = index?.keys ?? table.record.keys;
      const { partition, range } = readKeyCondition(
        bindCondition(parsed.key, placeholders),
        keys,
        table.record.attributes,
      );
      if (filter) checkFilter(filter, keys);
      const start = readStartKey({ table, index }, input.ExclusiveStartKey);
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

/** The partition asked for, when the request can be read; what is wrong with it is said by `handle`. */
function leadingItems({ tables }: DynamoContext, input: QueryCommandInput): Item[] {
  const table = tables.find(input.TableName);
  const { KeyConditionExpression: text } = input;
  if (!table || text === undefined) return [];
  const index = input.IndexName === undefined ? undefined : table.index(input.IndexName);
  const keys = index?.keys ?? table.record.keys;
  const parsed = parseCondition('KeyConditionExpression', text);
  const names = input.ExpressionAttributeNames ?? {};
  const values = (input.ExpressionAttributeValues ?? {}) as Item;
  if (parsed.names.some((name) => !names[name]) || parsed.values.some((value) => !values[value])) return [];
  const { partition } = readKeyCondition(
    bindCondition(parsed, { names, values }),
    keys,
    table.record.attributes,
  );
  return [{ [keys.hash]: partition }];
}
