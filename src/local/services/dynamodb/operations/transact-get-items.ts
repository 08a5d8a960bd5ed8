import { operation } from '../../../service.ts';
import { addUsage, consumedCapacity, noIndexes, readUnits, useUnits } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { topNames } from '../expressions/paths.ts';
import { project } from '../expressions/project.ts';
import { projectionOnce } from '../request.ts';
import { checkKey, checkScalarKeys } from '../storage/keys.ts';
import type { Table } from '../storage/table.ts';
import type { Usage } from '../storage/throughput.ts';
import { cancelledBy } from '../transaction.ts';
import { checkItem, itemSize } from '../values/check.ts';
import type { Item } from '../values/types.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html */
export const transactGetItems = (context: DynamoContext) =>
  operation('dynamodb', 'TransactGetItems', {
    accepts: 'all',
    access: (input) =>
      (input.TransactItems ?? []).map(({ Get = { Key: undefined, TableName: undefined } }) => {
        const { paths } = projectionOnce(Get);
        return onTable(context, 'GetItem', Get.TableName, {
          leading: [Get.Key],
          attributes: paths ? [...Object.keys(Get.Key ?? {}), ...topNames(paths)] : [],
          select: paths ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
          enclosing: 'TransactGetItems',
          returnConsumedCapacity: input.ReturnConsumedCapacity,
        });
      }),
    handle(input) {
      const gets = input.TransactItems ?? [];
      const read = gets.map(({ Get }) => {
        if (!Get) throw validation('TransactItems must contain a Get');
        return { Get, given: checkItem((Get.Key ?? {}) as Item), paths: projectionOnce(Get).paths };
      });
      const found = read.map((one) => ({ ...one, table: context.tables.get(one.Get.TableName) }));
      const plans = cancelledBy(found, ({ table, given, paths }) => {
        const key = checkKey(table, given);
        if (paths) checkScalarKeys(table, paths);
        return { table, key, paths };
      });
      const places = plans.map(({ table, key }) => table.place(key).join(' '));
      if (new Set(places).size !== places.length)
        throw validation('Transaction request cannot include multiple operations on one item');
      cancelledBy(plans, ({ table }) => table.throughput.admit(table.record, 'read'));
      const usages = new Map<Table, Usage>();
      const Responses = plans.map(({ table, key, paths }) => {
        const item = table.get(key);
        const units = readUnits(item ? itemSize(item) : 0, 'transactional');
        usages.set(table, addUsage(usages.get(table), { table: units, indexes: noIndexes }));
        return item ? { Item: (paths ? project(item, paths) : item) as never } : {};
      });
      const capacities = [];
      for (const [table, usage] of usages) {
        useUnits(context.env, table, 'read', usage);
        const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, 'read', usage, true);
        if (capacity) capacities.push(capacity);
      }
      return { Responses, ConsumedCapacity: capacities.length > 0 ? capacities : undefined };
    },
  });
