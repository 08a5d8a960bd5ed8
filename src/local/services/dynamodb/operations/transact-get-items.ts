import { operation } from '../../../service.ts';
import {
  addUsage,
  checkReturnCapacity,
  consumedCapacity,
  meterUsage,
  noIndexes,
  readUnits,
} from '../capacity.ts';
import { type DynamoContext, expressionAttributes, onTable } from '../context.ts';
import { constraint, validation } from '../errors.ts';
import { project } from '../expressions/project.ts';
import { readProjection } from '../request.ts';
import { checkKey, checkScalarKeys } from '../storage/keys.ts';
import type { Table, Usage } from '../storage/table.ts';
import { cancelledBy } from '../transaction.ts';
import { checkItem, itemSize } from '../values/check.ts';
import type { Item } from '../values/types.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html */
export const transactGetItems = (context: DynamoContext) =>
  operation('dynamodb', 'TransactGetItems', {
    accepts: 'all',
    access: (input) =>
      (input.TransactItems ?? []).map(({ Get }) =>
        onTable(context, 'GetItem', Get?.TableName, {
          leading: [Get?.Key],
          attributes:
            Get?.ProjectionExpression === undefined
              ? []
              : [...Object.keys(Get.Key ?? {}), ...expressionAttributes(Get)],
          select: Get?.ProjectionExpression === undefined ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES',
          enclosing: 'TransactGetItems',
          returnConsumedCapacity: input.ReturnConsumedCapacity,
        }),
      ),
    handle(input) {
      checkReturnCapacity(input.ReturnConsumedCapacity);
      const gets = input.TransactItems ?? [];
      if (gets.length < 1)
        throw constraint('[]', 'transactItems', 'Member must have length greater than or equal to 1');
      if (gets.length > 100)
        throw constraint(
          `${gets.length} items`,
          'transactItems',
          'Member must have length less than or equal to 100',
        );
      const read = gets.map(({ Get }) => {
        if (!Get) throw validation('TransactItems must contain a Get');
        return { Get, given: checkItem((Get.Key ?? {}) as Item), paths: readProjection(Get) };
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
      const usages = new Map<Table, Usage>();
      const Responses = plans.map(({ table, key, paths }) => {
        const item = table.get(key);
        const units = readUnits(item ? itemSize(item) : 0, 'transactional');
        usages.set(table, addUsage(usages.get(table), { table: units, indexes: noIndexes }));
        return item ? { Item: (paths ? project(item, paths) : item) as never } : {};
      });
      const capacities = [];
      for (const [table, usage] of usages) {
        meterUsage(context.env, table, 'read', usage);
        const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, 'read', usage, true);
        if (capacity) capacities.push(capacity);
      }
      return { Responses, ConsumedCapacity: capacities.length > 0 ? capacities : undefined };
    },
  });
