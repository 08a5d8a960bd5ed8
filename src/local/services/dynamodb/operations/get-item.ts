import { operation } from '../../../service.ts';
import { checkReturnCapacity, consumedCapacity, meterUsage, noIndexes, readUnits } from '../capacity.ts';
import { type DynamoContext, expressionAttributes, onTable } from '../context.ts';
import { project } from '../expressions/project.ts';
import { readProjection } from '../read.ts';
import { checkKey } from '../storage/keys.ts';
import { itemSize } from '../values/check.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html */
export const getItem = (context: DynamoContext) =>
  operation('dynamodb', 'GetItem', {
    accepts: [
      'TableName',
      'Key',
      'ConsistentRead',
      'ReturnConsumedCapacity',
      'ProjectionExpression',
      'ExpressionAttributeNames',
    ],
    access: (input) =>
      onTable(context, 'GetItem', input.TableName, {
        leading: [input.Key],
        attributes:
          input.ProjectionExpression === undefined
            ? []
            : [...Object.keys(input.Key ?? {}), ...expressionAttributes(input)],
        select: input.ProjectionExpression === undefined ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES',
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      }),
    handle(input) {
      checkReturnCapacity(input.ReturnConsumedCapacity);
      const table = context.tables.get(input.TableName);
      const paths = readProjection(input);
      const item = table.get(checkKey(table, input.Key));
      const usage = {
        table: readUnits(item ? itemSize(item) : 0, input.ConsistentRead ? 'strong' : 'eventual'),
        indexes: noIndexes,
      };
      meterUsage(context.env, table, 'read', usage);
      return {
        Item: (item && paths ? project(item, paths) : item) as never,
        ConsumedCapacity: consumedCapacity(table, input.ReturnConsumedCapacity, 'read', usage),
      };
    },
  });
