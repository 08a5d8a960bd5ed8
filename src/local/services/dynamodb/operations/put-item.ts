import type { PutItemCommandInput, PutItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { checkReturnCapacity, consumedCapacity, meterUsage } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { checkReturnValues, collectionMetrics, perform, planPut } from '../write.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const putItem = (context: DynamoContext) =>
  operation<PutItemCommandInput, Omit<PutItemCommandOutput, '$metadata'>>({
    name: 'PutItem',
    accepts: [
      'TableName',
      'Item',
      'ReturnValues',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ReturnValuesOnConditionCheckFailure',
    ],
    access: (input) =>
      onTable(context, 'PutItem', input.TableName, {
        leading: [input.Item],
        attributes: Object.keys(input.Item ?? {}),
        returnValues: input.ReturnValues,
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      }),
    handle(input) {
      checkReturnValues(input.ReturnValues, ['NONE', 'ALL_OLD']);
      checkReturnCapacity(input.ReturnConsumedCapacity);
      const table = context.tables.get(input.TableName);
      const plan = planPut(table, input);
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
