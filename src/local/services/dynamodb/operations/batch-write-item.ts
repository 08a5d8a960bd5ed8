import type { ItemCollectionMetrics, WriteRequest } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import { addUsage, consumedCapacity, meterUsage } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { keyOfItem } from '../expressions/key-condition.ts';
import { checkKey, keyNames } from '../storage/keys.ts';
import type { Table, Usage } from '../storage/table.ts';
import type { Item } from '../values/types.ts';
import { collectionMetrics, type Planned, perform, readDelete, readPut, type WritePlan } from '../write.ts';

/**
 * Everything is processed: UnprocessedItems is always empty. Each write stands alone, as on AWS.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */
export const batchWriteItem = (context: DynamoContext) =>
  operation('dynamodb', 'BatchWriteItem', {
    accepts: 'all',
    access: (input) =>
      Object.entries(input.RequestItems ?? {}).map(([name, writes]) =>
        onTable(context, 'BatchWriteItem', name, {
          leading: writes.map((write) => write.PutRequest?.Item ?? write.DeleteRequest?.Key),
          attributes: writes.flatMap((write) => read(write).attributes),
          returnConsumedCapacity: input.ReturnConsumedCapacity,
        }),
      ),
    handle(input) {
      const requests = Object.entries(input.RequestItems ?? {});
      const total = requests.reduce((sum, [, writes]) => sum + writes.length, 0);
      if (total === 0) throw validation('The batch write request list for a table cannot be null or empty');
      if (total > 25) throw validation('Too many items requested for the BatchWriteItem call');
      const readers = requests.map(([name, writes]) => ({ name, writes: writes.map(read) }));
      const plans = readers.map(({ name, writes }) => {
        const table = context.tables.get(name);
        const seen = new Set<string>();
        return {
          name,
          table,
          plans: writes.map((planned): WritePlan => {
            const plan = planned.on(table);
            const place = table.place(plan.key).join(' ');
            if (seen.has(place)) throw validation('Provided list of item keys contains duplicates');
            seen.add(place);
            return plan;
          }),
        };
      });
      const metrics = new Map<string, ItemCollectionMetrics[]>();
      const capacities = [];
      for (const { name, table, plans: writes } of plans) {
        const usage = performAll(context, table, writes);
        const capacity = usage && consumedCapacity(table, input.ReturnConsumedCapacity, 'write', usage);
        if (capacity) capacities.push(capacity);
        for (const plan of writes) {
          const metric = collectionMetrics(plan, input.ReturnItemCollectionMetrics);
          if (metric) metrics.set(name, [...(metrics.get(name) ?? []), metric]);
        }
      }
      return {
        UnprocessedItems: {},
        ConsumedCapacity: capacities.length > 0 ? capacities : undefined,
        ItemCollectionMetrics: metrics.size > 0 ? Object.fromEntries(metrics) : undefined,
      };
    },
  });

const read = oncePer(readWrite);

function readWrite({ PutRequest, DeleteRequest }: WriteRequest): Planned {
  if (PutRequest && DeleteRequest)
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  if (PutRequest) {
    const planned = readPut({ TableName: undefined, Item: PutRequest.Item });
    const item = (PutRequest.Item ?? {}) as Item;
    return {
      attributes: planned.attributes,
      on(table) {
        // In a batch, a put without its key is answered as a deletion without it is.
        checkKey(table, keyOfItem(item, keyNames(table.record.keys)));
        return planned.on(table);
      },
    };
  }
  if (DeleteRequest) return readDelete({ TableName: undefined, Key: DeleteRequest.Key });
  throw validation(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

/** In one commit, for speed. */
function performAll({ env }: DynamoContext, table: Table, plans: readonly WritePlan[]): Usage | undefined {
  let usage: Usage | undefined;
  env.store.transaction(() => {
    for (const plan of plans) usage = addUsage(usage, perform(plan).usage);
  });
  if (usage) meterUsage(env, table, 'write', usage);
  return usage;
}
