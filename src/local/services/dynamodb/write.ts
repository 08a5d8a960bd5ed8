/**
 * The four kinds of write (put, update, delete, condition check) as plans: everything about the request is checked
 * first, then the plan meets the item. Used alone and in transactions.
 */
import type {
  ConditionCheck,
  DeleteItemCommandInput,
  ItemCollectionMetrics,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { conditionFailed, constraint, invalidParameter, validation } from './errors.ts';
import type { Condition, Path } from './expressions/ast.ts';
import { bindCondition } from './expressions/bind-condition.ts';
import { meets } from './expressions/evaluate.ts';
import { parseCondition, parseUpdate } from './expressions/parse.ts';
import { readPlaceholders } from './expressions/placeholders.ts';
import { applyUpdate, bindUpdate, pathsOf } from './expressions/update.ts';
import { checkIndexKeys, checkItemKeys, checkKey, keyNames } from './storage/keys.ts';
import { largestItem, type Table, type Usage } from './storage/table.ts';
import { checkItem, itemSize } from './values/check.ts';
import type { Item } from './values/types.ts';

export interface WritePlan {
  readonly table: Table;
  readonly key: Item;
  readonly condition?: Condition | undefined;
  readonly returnOnFailure: boolean;
  /** The item as it shall be; undefined deletes it; the very `old` leaves it alone. */
  next(old: Item | undefined): Item | undefined;
  /** What an update touches. */
  readonly paths?: readonly Path[];
  /** A condition check writes nothing. */
  readonly only?: 'check';
}

type Plain<T> = Omit<T, 'ReturnValues'>;

export function planPut(table: Table, input: Plain<PutItemCommandInput>): WritePlan {
  const condition = readCondition(input);
  const item = checkItem((input.Item ?? {}) as Item);
  checkItemKeys(table, item);
  if (itemSize(item) > largestItem) throw validation('Item size has exceeded the maximum allowed size');
  return { table, key: keyOf(table, item), condition, ...onFailure(input), next: () => item };
}

export function planDelete(table: Table, input: Plain<DeleteItemCommandInput>): WritePlan {
  const condition = readCondition(input);
  const key = checkKey(table, input.Key);
  return { table, key, condition, ...onFailure(input), next: () => undefined };
}

export function planCheck(table: Table, input: ConditionCheck): WritePlan {
  const condition = readCondition(input);
  const key = checkKey(table, input.Key);
  return { table, key, condition, ...onFailure(input), next: (old) => old, only: 'check' };
}

export function planUpdate(table: Table, input: Plain<UpdateItemCommandInput>): WritePlan {
  const { UpdateExpression, ConditionExpression } = input;
  const parsedUpdate =
    UpdateExpression === undefined ? undefined : parseUpdate('UpdateExpression', UpdateExpression);
  const parsedCondition =
    ConditionExpression === undefined
      ? undefined
      : parseCondition('ConditionExpression', ConditionExpression);
  const placeholders = readPlaceholders(input, { UpdateExpression, ConditionExpression }, [
    parsedUpdate,
    parsedCondition,
  ]);
  const update = parsedUpdate && bindUpdate(parsedUpdate, placeholders);
  const condition = parsedCondition && bindCondition(parsedCondition, placeholders);
  const paths = update ? pathsOf(update) : [];
  const names = keyNames(table.record.keys);
  for (const [first] of paths)
    if (names.includes(String(first)))
      throw invalidParameter(`Cannot update attribute ${first}. This attribute is part of the key`);
  const key = checkKey(table, input.Key);
  return {
    table,
    key,
    condition,
    ...onFailure(input),
    paths,
    next(old) {
      const item = update ? applyUpdate(update, old ?? key) : (old ?? key);
      for (const index of table.record.indexes) checkIndexKeys(index, item, table.record.attributes);
      return item;
    },
  };
}

function readCondition(input: {
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: object | undefined;
}): Condition | undefined {
  const { ConditionExpression } = input;
  const parsed =
    ConditionExpression === undefined
      ? undefined
      : parseCondition('ConditionExpression', ConditionExpression);
  const placeholders = readPlaceholders(input, { ConditionExpression }, [parsed]);
  return parsed && bindCondition(parsed, placeholders);
}

function onFailure({
  ReturnValuesOnConditionCheckFailure: wanted,
}: {
  ReturnValuesOnConditionCheckFailure?: string | undefined;
}) {
  if (wanted !== undefined && wanted !== 'NONE' && wanted !== 'ALL_OLD')
    throw constraint(
      wanted,
      'returnValuesOnConditionCheckFailure',
      'Member must satisfy enum value set: [ALL_OLD, NONE]',
    );
  return { returnOnFailure: wanted === 'ALL_OLD' };
}

const keyOf = (table: Table, item: Item): Item =>
  Object.fromEntries(keyNames(table.record.keys).map((name) => [name, item[name]])) as Item;

export interface Written {
  readonly old: Item | undefined;
  readonly next: Item | undefined;
  readonly usage: Usage;
}

/** @throws ConditionalCheckFailedException */
export function perform(plan: WritePlan): Written {
  const { table, condition } = plan;
  const old = table.get(plan.key);
  if (condition && !meets(condition, old ?? {}))
    throw conditionFailed(plan.returnOnFailure ? old : undefined);
  const next = plan.next(old);
  return { old, next, usage: table.write(old, next) };
}

export function checkReturnValues(wanted: string | undefined, allowed: readonly string[]): void {
  if (wanted === undefined) return;
  const all = ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'];
  if (!all.includes(wanted))
    throw constraint(wanted, 'returnValues', `Member must satisfy enum value set: [${all.join(', ')}]`);
  if (!allowed.includes(wanted)) throw validation('Return values set to invalid value');
}

/** Only tables with local indexes have item collections; the estimate is AWS's, in whole GB. */
export function collectionMetrics(
  plan: WritePlan,
  wanted: string | undefined,
): ItemCollectionMetrics | undefined {
  if (wanted !== undefined && wanted !== 'SIZE' && wanted !== 'NONE')
    throw constraint(
      wanted,
      'returnItemCollectionMetrics',
      'Member must satisfy enum value set: [SIZE, NONE]',
    );
  const { keys, indexes } = plan.table.record;
  if (wanted !== 'SIZE' || !indexes.some((index) => index.kind === 'local')) return undefined;
  const partition = plan.key[keys.hash];
  return {
    ItemCollectionKey: partition ? { [keys.hash]: partition as never } : {},
    SizeEstimateRangeGB: [0, 1],
  };
}
