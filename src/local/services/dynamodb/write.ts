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
import { conditionFailed, invalidParameter, validation } from './errors.ts';
import type { Condition, Path } from './expressions/ast.ts';
import { meets } from './expressions/evaluate.ts';
import { conditionPaths, keyOfItem } from './expressions/key-condition.ts';
import { topNames } from './expressions/paths.ts';
import { applyUpdate, onlyTakesAway, pathsOf } from './expressions/update.ts';
import { readCondition, readUpdate } from './request.ts';
import { checkIndexKeys, checkItemKeys, checkKey, checkScalarKeys, keyNames } from './storage/keys.ts';
import { largestItem, type Table } from './storage/table.ts';
import type { Usage } from './storage/throughput.ts';
import { checkItem, itemSize } from './values/check.ts';
import { attribute, type Item } from './values/types.ts';

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

/** A write as its request has it: checked, as far as that goes without the table. */
export interface Planned {
  /** Top-level names that it touches, for dynamodb:Attributes. */
  readonly attributes: readonly string[];
  on(table: Table): WritePlan;
}

type Plain<T> = Omit<T, 'ReturnValues'>;

export function readPut(input: Plain<PutItemCommandInput>): Planned {
  const item = checkItem((input.Item ?? {}) as Item);
  if (itemSize(item) > largestItem) throw validation('Item size has exceeded the maximum allowed size');
  const condition = readCondition(input);
  const looked = condition ? conditionPaths(condition) : [];
  const failure = onFailure(input);
  return {
    attributes: [...Object.keys(item), ...topNames(looked)],
    on(table) {
      checkItemKeys(table, item);
      checkScalarKeys(table, looked);
      return { table, key: keyOf(table, item), condition, ...failure, next: () => item };
    },
  };
}

export function readDelete(input: Plain<DeleteItemCommandInput>): Planned {
  const key = checkItem((input.Key ?? {}) as Item);
  const condition = readCondition(input);
  const looked = condition ? conditionPaths(condition) : [];
  const failure = onFailure(input);
  return {
    attributes: [...Object.keys(key), ...topNames(looked)],
    on(table) {
      const checked = checkKey(table, key);
      checkScalarKeys(table, looked);
      return { table, key: checked, condition, ...failure, next: () => undefined };
    },
  };
}

export function readCheck(input: ConditionCheck): Planned {
  const { attributes, on } = readDelete(input);
  return { attributes, on: (table) => ({ ...on(table), next: (old) => old, only: 'check' }) };
}

export function readUpdateItem(input: Plain<UpdateItemCommandInput>): Planned {
  const key = checkItem((input.Key ?? {}) as Item);
  const { update, condition } = readUpdate(input);
  const failure = onFailure(input);
  const paths = update ? pathsOf(update) : [];
  const looked = condition ? conditionPaths(condition) : [];
  const makesNone = update !== undefined && onlyTakesAway(update);
  return {
    attributes: [...Object.keys(key), ...topNames(paths), ...topNames(looked)],
    on(table) {
      const checked = checkKey(table, key);
      checkUpdatedPaths(table, paths);
      checkScalarKeys(table, looked);
      return {
        table,
        key: checked,
        condition,
        ...failure,
        paths,
        next(old) {
          if (!old && makesNone) return undefined;
          const item = update ? applyUpdate(update, old ?? checked) : (old ?? checked);
          for (const index of table.record.indexes) checkIndexKeys(index, item, table.record.attributes);
          return item;
        },
      };
    },
  };
}

function checkUpdatedPaths(table: Table, paths: readonly Path[]): void {
  checkScalarKeys(table, paths);
  const names = keyNames(table.record.keys);
  for (const [first] of paths)
    if (names.includes(String(first)))
      throw invalidParameter(`Cannot update attribute ${first}. This attribute is part of the key`);
}

const onFailure = ({
  ReturnValuesOnConditionCheckFailure: wanted,
}: {
  ReturnValuesOnConditionCheckFailure?: string | undefined;
}) => ({ returnOnFailure: wanted === 'ALL_OLD' });

const keyOf = (table: Table, item: Item): Item => keyOfItem(item, keyNames(table.record.keys));

export interface Written {
  readonly old: Item | undefined;
  readonly next: Item | undefined;
  readonly usage: Usage;
}

/** @throws ConditionalCheckFailedException */
export function perform(plan: WritePlan): Written {
  const { table, condition } = plan;
  const place = table.place(plan.key);
  const old = table.get(plan.key, place);
  if (condition && !meets(condition, old ?? {}))
    throw conditionFailed(plan.returnOnFailure ? old : undefined);
  const next = plan.next(old);
  return { old, next, usage: table.write(old, next, place) };
}

export function checkReturnValues(wanted: string | undefined, allowed: readonly string[]): void {
  if (wanted !== undefined && !allowed.includes(wanted))
    throw validation(`ReturnValues can only be ${allowed.toReversed().join(' or ')}`);
}

/** Only tables with local indexes have item collections; the estimate is AWS's, in whole GB. */
export function collectionMetrics(
  plan: WritePlan,
  wanted: string | undefined,
): ItemCollectionMetrics | undefined {
  const { keys, indexes } = plan.table.record;
  if (wanted !== 'SIZE' || !indexes.some((index) => index.kind === 'local')) return undefined;
  const partition = attribute(plan.key, keys.hash);
  return {
    ItemCollectionKey: partition ? { [keys.hash]: partition as never } : {},
    SizeEstimateRangeGB: [0, 1],
  };
}
