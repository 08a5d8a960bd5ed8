import type { ItemCollectionMetrics, WriteRequest } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import { addUsage, consumedCapacity, meterUsage, openBatch } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { keyOfItem } from '../expressions/key-condition.ts';
import { checkKey, keyNames } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import type { Usage } from '../storage/throughput.ts';
import type { Item } from '../values/types.ts';
import { collectionMetrics, type Planned, perform, readDelete, readPut, type WritePlan } from '../write.ts';

/**
 * Each write stands alone, as on AWS; what the table has no units for is handed back.
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
      for (const [, writes] of requests) for (const request of writes) read(request);
      const plans = requests.map(([name, writes]) => {
        const table = context.tables.get(name);
        const seen = new Set<string>();
        return {
          name,
          table,
          plans: writes.map((request) => {
            const plan = read(request).on(table);
            const place = table.place(plan.key).join(' ');
            if (seen.has(place)) throw validation('Provided list of item keys contains duplicates');
            seen.add(place);
            return { request, plan };
          }),
        };
      });
      const metrics = new Map<string, ItemCollectionMetrics[]>();
      const capacities = [];
      const UnprocessedItems = new Map<string, WriteRequest[]>();
      const batch = openBatch('write');
      for (const { name, table, plans: all } of plans) {
        const { usage, done } = performAll(context, table, all, batch);
        const left = all.filter((one) => !done.includes(one)).map(({ request }) => request);
        if (left.length > 0) UnprocessedItems.set(name, left);
        const capacity = usage && consumedCapacity(table, input.ReturnConsumedCapacity, 'write', usage);
        if (capacity) capacities.push(capacity);
        for (const { plan } of done) {
          const metric = collectionMetrics(plan, input.ReturnItemCollectionMetrics);
          if (metric) metrics.set(name, [...(metrics.get(name) ?? []), metric]);
        }
      }
      batch.end();
      return {
        UnprocessedItems: Object.fromEntries(UnprocessedItems),
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

interface Write {
  readonly request: WriteRequest;
  readonly plan: WritePlan;
}

/** In one commit, for speed. */
function performAll(
  { env }: DynamoContext,
  table: Table,
  writes: readonly Write[],
  batch: ReturnType<typeof openBatch>,
): { readonly usage: Usage | undefined; readonly done: readonly Write[] } {
  let usage: Usage | undefined;
  const done: Write[] = [];
  env.store.transaction(() => {
    for (const write of writes) {
      if (!batch.hasRoom(table)) continue;
      const used = perform(write.plan).usage;
      table.throughput.spend(table.record, 'write', used);
      usage = addUsage(usage, used);
      done.push(write);
    }
  });
  if (usage) meterUsage(env, table, 'write', usage);
  return { usage, done };
}
