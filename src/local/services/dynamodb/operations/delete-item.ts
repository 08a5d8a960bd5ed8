import type { DeleteItemCommandInput, DeleteItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { checkReturnCapacity, consumedCapacity, meterUsage } from '../capacity.ts';
import { type DynamoContext, expressionAttributes, onTable } from '../context.ts';
import { checkReturnValues, collectionMetrics, perform, planDelete } from '../write.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export const deleteItem = (context: DynamoContext) =>
  operation<DeleteItemCommandInput, Omit<DeleteItemCommandOutput, '$metadata'>>({
    name: 'DeleteItem',
    accepts: [
      'TableName',
      'Key',
      'ReturnValues',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ReturnValuesOnConditionCheckFailure',
    ],
    access: (input) =>
      onTable(context, 'DeleteItem', input.TableName, {
        leading: [input.Key],
        attributes: [...Object.keys(input.Key ?? {}), ...expressionAttributes(input)],
        returnValues: input.ReturnValues,
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      }),
    handle(input) {
      checkReturnValues(input.ReturnValues, ['NONE', 'ALL_OLD']);
      checkReturnCapacity(input.ReturnConsumedCapacity);
      const table = context.tables.get(input.TableName);
      const plan = planDelete(table, input);
      const ItemCollectionMetrics = collectionMetrics(plan, input.ReturnItemCollectionMetrics);
      const { old, usage } = perform(plan);
      meterUsage(context.env, table, 'write', usage);
      return {
        Attributes: input.ReturnValues === 'ALL_OLD' ? (old as never) : undefined,
        ConsumedCapacity: consumedCapacity(table, input.ReturnConsumedCapacity, 'write', usage),
        ItemCollectionMetrics,
      };
    },
  });
