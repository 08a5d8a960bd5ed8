/** What PutItem, UpdateItem and DeleteItem share: they differ in how the write is planned. */
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { AccessCheck } from '../../service.ts';
import { consumedCapacity, useUnits } from './capacity.ts';
import { type DynamoContext, onTable } from './context.ts';
import { project } from './expressions/project.ts';
import type { Item } from './values/types.ts';
import {
  checkReturnValues,
  collectionMetrics,
  type Planned,
  perform,
  type WritePlan,
  type Written,
} from './write.ts';

export const writeMembers = [
  'TableName',
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ConditionExpression',
  'Expected',
  'ConditionalOperator',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
] as const;

type WriteInput = Pick<UpdateItemCommandInput, (typeof writeMembers)[number]>;

export const onItem = (
  context: DynamoContext,
  action: 'PutItem' | 'UpdateItem' | 'DeleteItem',
  input: WriteInput,
  keyed: UpdateItemCommandInput['Key'],
  { attributes }: Planned,
): AccessCheck =>
  onTable(context, action, input.TableName, {
    leading: [keyed],
    attributes,
    returnValues: input.ReturnValues,
    returnConsumedCapacity: input.ReturnConsumedCapacity,
  });

/** @param returnValues what ReturnValues may ask for */
export function writeItem(
  context: DynamoContext,
  input: WriteInput,
  returnValues: readonly string[],
  planned: Planned,
) {
  checkReturnValues(input.ReturnValues, returnValues);
  const table = context.tables.get(input.TableName);
  const plan = planned.on(table);
  table.throughput.admit(table.record, 'write');
  const metrics = collectionMetrics(plan, input.ReturnItemCollectionMetrics);
  const written = perform(plan);
  useUnits(context.env, table, 'write', written.usage);
  return {
    Attributes: returned(input.ReturnValues, written, plan) as never,
    ConsumedCapacity: consumedCapacity(table, input.ReturnConsumedCapacity, 'write', written.usage),
    ItemCollectionMetrics: metrics,
  };
}

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
