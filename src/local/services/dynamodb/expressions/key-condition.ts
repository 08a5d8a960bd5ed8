/**
 * Key conditions: one partition, and at most one range of sort keys in it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 */
import { invalidParameter, validation } from '../errors.ts';
import { checkKeyValue } from '../storage/keys.ts';
import type { Keys } from '../storage/records.ts';
import { compareValues } from '../values/compare.ts';
import { attribute, define, type Item, type ScalarType, type Value } from '../values/types.ts';
import type { Condition, Operand, Path } from './ast.ts';
import { beginsWith } from './evaluate.ts';

export interface SortRange {
  readonly low?: Value;
  readonly high?: Value;
  readonly prefix?: Value;
  /** Where a sort key lies: before the range, in it, or after it. */
  locate(sort: Value): -1 | 0 | 1;
}

interface KeyCondition {
  readonly partition: Value;
  readonly range?: SortRange;
}

/** A condition on one attribute, which must turn out to be a key. */
export interface KeyLeaf {
  readonly name: string;
  /** `other` for what cannot be looked up in an index. */
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'begins_with' | 'other';
  readonly values: readonly Value[];
}

const mirrored = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

const unsupportedOperator = (name: string) =>
  validation(`Invalid operator used in KeyConditionExpression: ${name}`);

/** What a key condition asks, whatever the table's keys are. */
export function keyLeaves(condition: Condition): readonly KeyLeaf[] {
  const leaves = collect(condition);
  const names = leaves.map((leaf) => leaf.name);
  if (new Set(names).size !== names.length)
    throw validation('KeyConditionExpressions must only contain one condition per key');
  return leaves;
}

export function readKeyCondition(
  leaves: readonly KeyLeaf[],
  keys: Keys,
  attributes: Readonly<Record<string, ScalarType>>,
): KeyCondition {
  if (leaves.length > 1 && keys.range === undefined) throw validation('Query key condition not supported');
  const hash = leaves.find((leaf) => leaf.name === keys.hash);
  if (!hash) throw validation(`Query condition missed key schema element: ${keys.hash}`);
  const other = leaves.find((leaf) => leaf !== hash);
  if (other && other.name !== keys.range)
    throw validation(`Query condition missed key schema element: ${keys.range}`);
  for (const leaf of leaves) {
    if (leaf.operator === 'other')
      throw validation('Attempted conditional constraint is not an indexable operation');
    for (const value of leaf.values) {
      if (!((attributes[leaf.name] ?? 'S') in value))
        throw invalidParameter('Condition parameter type does not match schema type');
      checkKeyValue(leaf.name, value, leaf === hash);
    }
  }
  const [partition] = hash.values;
  if (hash.operator !== '=' || !partition) throw validation('Query key condition not supported');
  if (!other) return { partition };
  if (other.operator === 'begins_with' && other.values[0] && 'N' in other.values[0])
    throw validation('Query key condition not supported');
  return { partition, range: rangeOf(other) };
}

function collect(condition: Condition): KeyLeaf[] {
  switch (condition.kind) {
    case 'and':
      return [...collect(condition.left), ...collect(condition.right)];
    case 'or':
      throw unsupportedOperator('OR');
    case 'not':
      throw unsupportedOperator('NOT');
    case 'in':
      throw unsupportedOperator('IN');
    case 'compare': {
      if (condition.operator === '<>') throw unsupportedOperator('<>');
      const swapped = condition.left.kind === 'value';
      const [path, value] = swapped ? [condition.right, condition.left] : [condition.left, condition.right];
      const operator = swapped ? mirrored[condition.operator] : condition.operator;
      return [{ name: nameOf(path), operator, values: [literal(value)] }];
    }
    case 'between':
      return [
        {
          name: nameOf(condition.operand),
          operator: 'BETWEEN',
          values: [literal(condition.low), literal(condition.high)],
        },
      ];
    case 'test': {
      const [path, value] = condition.args;
      if (condition.name !== 'begins_with' || !path || !value) throw unsupportedOperator(condition.name);
      return [{ name: nameOf(path), operator: 'begins_with', values: [literal(value)] }];
    }
  }
}

function nameOf(operand: Operand): string {
  if (operand.kind === 'size') throw validation('KeyConditionExpressions cannot contain nested operations');
  if (operand.kind === 'value')
    throw validation('Invalid condition in KeyConditionExpression: No key attribute specified');
  if (operand.path.length > 1)
    throw validation('KeyConditionExpressions cannot have conditions on nested attributes');
  return String(operand.path[0]);
}

function literal(operand: Operand): Value {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'size') throw validation('KeyConditionExpressions cannot contain nested operations');
  throw validation(
    'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
  );
}

function rangeOf({ operator, values }: KeyLeaf): SortRange {
  const [first, second] = values;
  if (!first) throw validation('Query key condition not supported');
  const order = (sort: Value, to: Value) => compareValues(sort, to) ?? 0;
  switch (operator) {
    case 'other':
    case '=':
      return { low: first, high: first, locate: (sort) => sign(order(sort, first)) };
    case '<':
      return { high: first, locate: (sort) => (order(sort, first) < 0 ? 0 : 1) };
    case '<=':
      return { high: first, locate: (sort) => (order(sort, first) <= 0 ? 0 : 1) };
    case '>':
      return { low: first, locate: (sort) => (order(sort, first) > 0 ? 0 : -1) };
    case '>=':
      return { low: first, locate: (sort) => (order(sort, first) >= 0 ? 0 : -1) };
    case 'BETWEEN': {
      const high = second ?? first;
      return {
        low: first,
        high,
        locate: (sort) => (order(sort, first) < 0 ? -1 : order(sort, high) > 0 ? 1 : 0),
      };
    }
    case 'begins_with':
      return {
        prefix: first,
        locate: (sort) => (beginsWith(sort, first) ? 0 : sign(order(sort, first))),
      };
  }
}

const sign = (order: number): -1 | 0 | 1 => (order < 0 ? -1 : order > 0 ? 1 : 0);

/**
 * Filters of a query must leave the keys to the key condition.
 * @param parameter what the message calls the filter
 */
export function checkFilter(condition: Condition, keys: Keys, parameter: string): void {
  for (const [name] of conditionPaths(condition))
    if (name === keys.hash || name === keys.range)
      throw validation(
        `${parameter} can only contain non-primary key attributes: Primary key attribute: ${name}`,
      );
}

/** Every path that a condition looks at. */
export const conditionPaths = (condition: Condition): Path[] =>
  operandsOf(condition)
    .map((operand) => (operand.kind === 'size' ? operand.operand : operand))
    .flatMap((operand) => (operand.kind === 'path' ? [operand.path] : []));

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...operandsOf(condition.left), ...operandsOf(condition.right)];
    case 'not':
      return operandsOf(condition.inner);
    case 'compare':
      return [condition.left, condition.right];
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'in':
      return [condition.operand, ...condition.options];
    case 'test':
      return condition.args;
  }
}

/** A key's attributes out of an item. */
export const keyOfItem = (item: Item, names: Iterable<string>): Item => {
  const out: Record<string, Value> = {};
  for (const name of names) {
    const value = attribute(item, name);
    if (value) define(out, name, value);
  }
  return out;
};
