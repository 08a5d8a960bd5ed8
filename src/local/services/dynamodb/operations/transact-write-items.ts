import { createHash } from 'node:crypto';
import type {
  CancellationReason,
  ItemCollectionMetrics,
  TransactWriteItem,
  TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError, operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import { addUsage, consumedCapacity, multiplied, useUnits } from '../capacity.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { validation } from '../errors.ts';
import { meets } from '../expressions/evaluate.ts';
import { largestItem, type Table, writeUnits } from '../storage/table.ts';
import type { Usage } from '../storage/throughput.ts';
import { cancelled, cancelledBy, checkTransactionSize } from '../transaction.ts';
import { canonical } from '../values/canonical.ts';
import { itemSize } from '../values/check.ts';
import type { Item } from '../values/types.ts';
import {
  collectionMetrics,
  type Planned,
  readCheck,
  readDelete,
  readPut,
  readUpdateItem,
  type WritePlan,
} from '../write.ts';

/** How long a ClientRequestToken is remembered. */
const tokenLife = 600_000;

interface Remembered {
  readonly until: number;
  readonly digest: string;
}

/**
 * All or nothing. Calls are served one after the other, so there is never a TransactionConflict.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const transactWriteItems = (context: DynamoContext) => {
  const { env } = context;
  const tokens = openTokens(env);
  return operation('dynamodb', 'TransactWriteItems', {
    accepts: 'all',
    access: (input) => (input.TransactItems ?? []).map((item) => accessOf(context, item, input)),
    handle(input) {
      const items = input.TransactItems ?? [];
      const read = items.map(readOnce);
      checkTransactionSize(read.reduce((sum, { size }) => sum + size, 0));
      const found = read.map((one) => ({ ...one, table: context.tables.get(one.tableName) }));
      const plans = cancelledBy(found, ({ planned, table }) => planned.on(table));
      checkOncePerItem(plans);
      cancelledBy(plans, ({ table }) => table.throughput.admit(table.record, 'write'));
      const token = input.ClientRequestToken;
      const digest = token === undefined ? '' : digestOf(items);
      const known = token === undefined ? undefined : tokens.get(token);
      if (known && known.digest !== digest)
        throw new AwsError(
          'IdempotentParameterMismatchException',
          'The parameters in this request are inconsistent with the parameters of an earlier request with the same ClientRequestToken.',
        );
      const usages = known
        ? readInstead(plans)
        : env.store.transaction(() => {
            const done = performAll(plans);
            if (token !== undefined) tokens.put(token, digest);
            return done;
          });
      const side = known ? 'read' : 'write';
      const capacities = [];
      for (const [table, usage] of usages) {
        useUnits(env, table, side, usage);
        const capacity = consumedCapacity(table, input.ReturnConsumedCapacity, side, usage, true);
        if (capacity) capacities.push(capacity);
      }
      return {
        ConsumedCapacity: capacities.length > 0 ? capacities : undefined,
        ItemCollectionMetrics: metricsOf(plans, input.ReturnItemCollectionMetrics),
      };
    },
  });
};

function accessOf(context: DynamoContext, item: TransactWriteItem, input: TransactWriteItemsCommandInput) {
  const common = {
    enclosing: 'TransactWriteItems',
    returnConsumedCapacity: input.ReturnConsumedCapacity,
  };
  const { attributes } = readOnce(item).planned;
  const { Put, Update, Delete, ConditionCheck } = item;
  if (Put)
    return onTable(context, 'PutItem', Put.TableName, {
      ...common,
      leading: [Put.Item],
      attributes,
    });
  const keyed = Update ?? Delete ?? ConditionCheck;
  const action = Update ? 'UpdateItem' : Delete ? 'DeleteItem' : 'ConditionCheckItem';
  return onTable(context, action, keyed?.TableName, {
    ...common,
    leading: [keyed?.Key],
    attributes,
  });
}

const readOnce = oncePer(readAction);

interface Action {
  readonly tableName: string | undefined;
  readonly planned: Planned;
  /** Of what the request brings, which is what its limit is about. */
  readonly size: number;
}

function readAction({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): Action {
  const given = [Put, Update, Delete, ConditionCheck].filter((one) => one !== undefined);
  const [one] = given;
  if (!one || given.length !== 1)
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  const tableName = one.TableName;
  const values = one.ExpressionAttributeValues ?? {};
  const size = itemSize((Put?.Item ?? {}) as Item) + itemSize(values as Item);
  if (Put) return { tableName, size, planned: readPut(Put) };
  if (Update) {
    if (Update.UpdateExpression === undefined) throw missing('update.updateExpression');
    return { tableName, size, planned: readUpdateItem(Update) };
  }
  if (Delete) return { tableName, size, planned: readDelete(Delete) };
  if (ConditionCheck?.ConditionExpression === undefined) throw missing('conditionCheck.conditionExpression');
  return { tableName, size, planned: readCheck(ConditionCheck) };
}

const missing = (member: string) =>
  validation(
    `1 validation error detected: Value null at 'transactItems.1.member.${member}' failed to satisfy constraint: Member must not be null`,
  );

const placeOf = ({ table, key }: WritePlan) => table.place(key).join(' ');

function checkOncePerItem(plans: readonly WritePlan[]): void {
  if (new Set(plans.map(placeOf)).size !== plans.length)
    throw validation('Transaction request cannot include multiple operations on one item');
}

/** Looks at every item first; only then writes. */
function performAll(plans: readonly WritePlan[]): ReadonlyMap<Table, Usage> {
  const reasons: CancellationReason[] = [];
  const ready: { plan: WritePlan; old: Item | undefined; next: Item | undefined }[] = [];
  for (const plan of plans) {
    const old = plan.table.get(plan.key);
    let reason: CancellationReason = { Code: 'None' };
    if (plan.condition && !meets(plan.condition, old ?? {}))
      reason = {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        ...(plan.returnOnFailure && old ? { Item: old as never } : {}),
      };
    else
      try {
        const next = plan.next(old);
        if (next && itemSize(next) > largestItem)
          throw validation('Item size to update has exceeded the maximum allowed size');
        ready.push({ plan, old, next });
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
        reason = { Code: 'ValidationError', Message: error.message };
      }
    reasons.push(reason);
  }
  if (ready.length < plans.length) throw cancelled(reasons);
  const usages = new Map<Table, Usage>();
  for (const { plan, old, next } of ready) {
    const usage =
      plan.only === 'check'
        ? { table: old ? writeUnits(itemSize(old)) : 1, indexes: new Map<string, number>() }
        : plan.table.write(old, next);
    usages.set(plan.table, addUsage(usages.get(plan.table), multiplied(usage, 2)));
  }
  return usages;
}

/** A repeated request only costs the reads that find it done. */
function readInstead(plans: readonly WritePlan[]): ReadonlyMap<Table, Usage> {
  const usages = new Map<Table, Usage>();
  for (const { table, key } of plans) {
    const item = table.get(key);
    const units = 2 * Math.max(1, Math.ceil((item ? itemSize(item) : 0) / 4096));
    usages.set(table, addUsage(usages.get(table), { table: units, indexes: new Map() }));
  }
  return usages;
}

const digestOf = (items: readonly TransactWriteItem[]) =>
  createHash('sha256').update(JSON.stringify(items, canonical)).digest('hex');

/** Tokens by name, and by when they may be forgotten. */
function openTokens({ store, clock }: DynamoContext['env']) {
  const tokens = store.collection<Remembered>('dynamodb.tokens');
  const ends = store.collection<string>('dynamodb.token-ends');
  return {
    get(token: string): Remembered | undefined {
      const known = tokens.get(token);
      return known && known.until > clock.now() ? known : undefined;
    },
    put(token: string, digest: string): void {
      // At most a few at a time, so that no call waits for many.
      for (const [key, old] of [...ends.entries({ limit: 4 })]) {
        if (Number(key[0]) > clock.now()) break;
        tokens.delete(old);
        ends.delete(key);
      }
      const until = clock.now() + tokenLife;
      tokens.put(token, { until, digest });
      ends.put([until, token], token);
    },
  };
}

function metricsOf(
  plans: readonly WritePlan[],
  wanted: string | undefined,
): Record<string, ItemCollectionMetrics[]> | undefined {
  const metrics = new Map<string, ItemCollectionMetrics[]>();
  for (const plan of plans) {
    const metric = plan.only === 'check' ? undefined : collectionMetrics(plan, wanted);
    const { name } = plan.table.record;
    if (metric) metrics.set(name, [...(metrics.get(name) ?? []), metric]);
  }
  return metrics.size > 0 ? Object.fromEntries(metrics) : undefined;
}
