import { operation } from '../../../service.ts';
import { consumedCapacity, meterUsage, noIndexes, openBatch, readUnits } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { topNames } from '../expressions/paths.ts';
import { project } from '../expressions/project.ts';
import { projectionOnce } from '../request.ts';
import { checkKey, checkScalarKeys } from '../storage/keys.ts';
import { canonical } from '../values/canonical.ts';
import { checkItem, itemSize } from '../values/check.ts';
import type { Item } from '../values/types.ts';

/** Beyond this the rest comes back as UnprocessedKeys. */
const maxBytes = 16 * 1024 * 1024;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const batchGetItem = (context: DynamoContext) =>
  operation('dynamodb', 'BatchGetItem', {
    accepts: 'all',
    access: (input) =>
      Object.entries(input.RequestItems ?? {}).map(([name, wanted]) =>
        onTable(context, 'BatchGetItem', name, {
          leading: wanted.Keys ?? [],
          attributes: topNames(projectionOnce(wanted).paths ?? []),
          select: projectionOnce(wanted).paths ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
          returnConsumedCapacity: input.ReturnConsumedCapacity,
        }),
      ),
    handle(input) {
      const requests = Object.entries(input.RequestItems ?? {});
      const total = requests.reduce((sum, [, { Keys }]) => sum + (Keys?.length ?? 0), 0);
      if (total > 100) throw validation('Too many items requested for the BatchGetItem call');
      const read = requests.map(([name, wanted]) => ({
        name,
        wanted,
        paths: projectionOnce(wanted).paths,
        given: distinct((wanted.Keys ?? []).map((key) => checkItem(key as Item))),
      }));
      const plans = read.map(({ name, wanted, paths, given }) => {
        const table = context.tables.get(name);
        const keys = given.map((key) => checkKey(table, key));
        if (paths) checkScalarKeys(table, paths);
        return { name, wanted, table, paths, keys };
      });
      const Responses = new Map<string, Item[]>();
      const UnprocessedKeys = new Map<string, object>();
      const capacities = [];
      const batch = openBatch('read');
      let bytes = 0;
      for (const { name, wanted, table, paths, keys } of plans) {
        const found: Item[] = [];
        const left: Item[] = [];
        let units = 0;
        for (const key of keys) {
          if (bytes >= maxBytes || !batch.hasRoom(table)) {
            left.push(key);
            continue;
          }
          const item = table.get(key);
          const size = item ? itemSize(item) : 0;
          bytes += size;
          const used = readUnits(size, wanted.ConsistentRead ? 'strong' : 'eventual');
          table.throughput.spend(table.record, 'read', { table: used, indexes: noIndexes });
          units += used;
          if (item) found.push(paths ? project(item, paths) : item);
        }
        Responses.set(name, found);
        if (left.length > 0) UnprocessedKeys.set(name, { ...wanted, Keys: left });
        const usage = { table: units, indexes: noIndexes };
        meterUsage(context.env, table, 'read', usage);
        const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, 'read', usage);
        if (capacity) capacities.push(capacity);
      }
      batch.end();
      return {
        Responses: Object.fromEntries(Responses) as never,
        UnprocessedKeys: Object.fromEntries(UnprocessedKeys) as never,
        ConsumedCapacity: capacities.length > 0 ? capacities : undefined,
      };
    },
  });

function distinct(keys: readonly Item[]): readonly Item[] {
  const texts = keys.map((key) => JSON.stringify(key, canonical));
  if (new Set(texts).size !== texts.length)
    throw validation('Provided list of item keys contains duplicates');
  return keys;
}
