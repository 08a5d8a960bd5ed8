import { operation } from '../../../service.ts';
import { consumedCapacity, noIndexes, readUnits, useUnits } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { topNames } from '../expressions/paths.ts';
import { project } from '../expressions/project.ts';
import { projectionOnce } from '../request.ts';
import { checkKey, checkScalarKeys } from '../storage/keys.ts';
import { checkItem, itemSize } from '../values/check.ts';
import type { Item } from '../values/types.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export const getItem = (context: DynamoContext) =>
  operation('dynamodb', 'GetItem', {
    accepts: [
      'TableName',
      'Key',
      'AttributesToGet',
      'ConsistentRead',
      'ReturnConsumedCapacity',
      'ProjectionExpression',
      'ExpressionAttributeNames',
    ],
    access(input) {
      const { paths } = projectionOnce(input);
      return onTable(context, 'GetItem', input.TableName, {
        leading: [input.Key],
        attributes: paths ? [...Object.keys(input.Key ?? {}), ...topNames(paths)] : [],
        select: paths ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      });
    },
    handle(input) {
      const given = checkItem((input.Key ?? {}) as Item);
      const { paths } = projectionOnce(input);
      const table = context.tables.get(input.TableName);
      const key = checkKey(table, given);
      if (paths) checkScalarKeys(table, paths);
      table.throughput.admit(table.record, 'read');
      const item = table.get(key);
      const usage = {
        table: readUnits(item ? itemSize(item) : 0, input.ConsistentRead ? 'strong' : 'eventual'),
        indexes: noIndexes,
      };
      useUnits(context.env, table, 'read', usage);
      return {
        Item: (item && paths ? project(item, paths) : item) as never,
        ConsumedCapacity: consumedCapacity(table, input.ReturnConsumedCapacity, 'read', usage),
      };
    },
  });
