import type { ItemCollectionMetrics } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../service.ts';
import { addUsage, checkReturnCapacity, consumedCapacity, meterUsage } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import type { Table, Usage } from '../storage/table.ts';
import { collectionMetrics, perform, planDelete, planPut, type WritePlan } from '../write.ts';

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
          attributes: writes.flatMap((write) =>
            Object.keys(write.PutRequest?.Item ?? write.DeleteRequest?.Key ?? {}),
          ),
          returnConsumedCapacity: input.ReturnConsumedCapacity,
        }),
      ),
    handle(input) {
      checkReturnCapacity(input.ReturnConsumedCapacity);
      const requests = Object.entries(input.RequestItems ?? {});
      const total = requests.reduce((sum, [, writes]) => sum + writes.length, 0);
      if (total === 0) throw validation('The batch write request list for a table cannot be null or empty');
      if (total > 25) throw validation('Too many items requested for the BatchWriteItem call');
      const plans = requests.map(([name, writes]) => {
        const table = context.tables.get(name);
        const seen = new Set<string>();
        return {
          name,
          table,
          plans: writes.map(({ PutRequest, DeleteRequest }): WritePlan => {
            if (PutRequest && DeleteRequest)
              throw validation(
                'Supplied WriteRequest has more than one operation set, must contain exactly one of the supported operations',
              );
            const plan = PutRequest
              ? planPut(table, { TableName: name, Item: PutRequest.Item })
              : DeleteRequest
                ? planDelete(table, { TableName: name, Key: DeleteRequest.Key })
                : undefined;
            if (!plan)
              throw validation(
                'Supplied WriteRequest is empty, must contain exactly one of the supported operations',
              );
            const place = table.place(plan.key).join(' ');
            if (seen.has(place)) throw validation('Provided list of item keys contains duplicates');
            seen.add(place);
            return plan;
          }),
        };
      });
      const metrics: Record<string, ItemCollectionMetrics[]> = {};
      const capacities = [];
      for (const { name, table, plans: writes } of plans) {
        const usage = performAll(context, table, writes);
        const capacity = usage && consumedCapacity(table, input.ReturnConsumedCapacity, 'write', usage);
        if (capacity) capacities.push(capacity);
        for (const plan of writes) {
          const metric = collectionMetrics(plan, input.ReturnItemCollectionMetrics);
          if (metric) metrics[name] = [...(metrics[name] ?? []), metric];
        }
      }
      return {
        UnprocessedItems: {},
        ConsumedCapacity: capacities.length > 0 ? capacities : undefined,
        ItemCollectionMetrics: Object.keys(metrics).length > 0 ? metrics : undefined,
      };
    },
  });

/** In one commit, for speed. */
function performAll({ env }: DynamoContext, table: Table, plans: readonly WritePlan[]): Usage | undefined {
  let usage: Usage | undefined;
  env.store.transaction(() => {
    for (const plan of plans) usage = addUsage(usage, perform(plan).usage);
  });
  if (usage) meterUsage(env, table, 'write', usage);
  return usage;
}
