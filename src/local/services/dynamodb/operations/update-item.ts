import type { UpdateItemCommandInput, UpdateItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { checkReturnCapacity, consumedCapacity, meterUsage } from '../capacity.ts';
import { type DynamoContext, expressionAttributes, onTable } from '../context.ts';
import { project } from '../expressions/project.ts';
import type { Item } from '../values/types.ts';
import {
  checkReturnValues,
  collectionMetrics,
  perform,
  planUpdate,
  type WritePlan,
  type Written,
} from '../write.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export const updateItem = (context: DynamoContext) =>
  operation<UpdateItemCommandInput, Omit<UpdateItemCommandOutput, '$metadata'>>({
    name: 'UpdateItem',
    accepts: [
      'TableName',
      'Key',
      'UpdateExpression',
      'ReturnValues',
      'ReturnConsumedCapacity',
      'ReturnItemCollectionMetrics',
      'ConditionExpression',
      'ExpressionAttributeNames',
      'ExpressionAttributeValues',
      'ReturnValuesOnConditionCheckFailure',
    ],
    access: (input) =>
      onTable(context, 'UpdateItem', input.TableName, {
        leading: [input.Key],
        attributes: [...Object.keys(input.Key ?? {}), ...expressionAttributes(input)],
        returnValues: input.ReturnValues,
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      }),
    handle(input) {
      checkReturnValues(input.ReturnValues, ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW']);
      checkReturnCapacity(input.ReturnConsumedCapacity);
      const table = context.tables.get(input.TableName);
      const plan = planUpdate(table, input);
      const ItemCollectionMetrics = collectionMetrics(plan, input.ReturnItemCollectionMetrics);
      const written = perform(plan);
      meterUsage(context.env, table, 'write', written.usage);
      return {
        Attributes: returned(input.ReturnValues, written, plan) as never,
        ConsumedCapacity: consumedCapacity(table, input.ReturnConsumedCapacity, 'write', written.usage),
        ItemCollectionMetrics,
      };
    },
  });

function returned(wanted: string | undefined, { old, next }: Written, plan: WritePlan): Item | undefined {
  switch (wanted) {
    case 'ALL_OLD':
      return old;
    case 'ALL_NEW':
      return next;
    case 'UPDATED_OLD':
      return nonEmpty(old && project(old, plan.paths ?? []));
    case 'UPDATED_NEW':
      return nonEmpty(next && project(next, plan.paths ?? []));
    default:
      return undefined;
  }
}

const nonEmpty = (item: Item | undefined) => (item && Object.keys(item).length > 0 ? item : undefined);
