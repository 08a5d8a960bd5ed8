/** Evaluates metric math over time series. */
import { lookup } from '../../../../core/lookup.ts';
import { unsupported } from '../../../service.ts';
import { validation } from '../errors.ts';
import type { Expression } from './parse.ts';

/** Values by the start of their period. */
export type Series = ReadonlyMap<number, number>;
export type Value = number | string | Series | readonly Series[];

interface Scope {
  /** The starts of all periods asked for, oldest first. */
  readonly slots: readonly number[];
  /** ms */
  readonly period: number;
  /** @throws when there is no such id */
  value(id: string): Series;
  /** The queries that are metrics, for METRICS(). */
  metrics(filter: string | undefined): readonly Series[];
}

export const isSeries = (value: Value): value is Series => value instanceof Map;
const isList = (value: Value): value is readonly Series[] => Array.isArray(value);

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  AND: (a, b) => Number(a !== 0 && b !== 0),
  '||': (a, b) => Number(a !== 0 || b !== 0),
  OR: (a, b) => Number(a !== 0 || b !== 0),
};

/** Two series meet where both have a value; what is not a number is no datapoint. */
function combine(a: Value, b: Value, by: (a: number, b: number) => number): Value {
  if (isList(a)) return a.map((one) => series(combine(one, b, by)));
  if (isList(b)) return b.map((one) => series(combine(a, one, by)));
  if (typeof a === 'string' || typeof b === 'string') throw validation('A string is no operand.');
  if (typeof a === 'number' && typeof b === 'number') return by(a, b);
  const out = new Map<number, number>();
  const over = isSeries(a) ? a : isSeries(b) ? b : new Map<number, number>();
  for (const slot of over.keys()) {
    const [left, right] = [valueAt(a, slot), valueAt(b, slot)];
    if (left === undefined || right === undefined) continue;
    const value = by(left, right);
    if (Number.isFinite(value)) out.set(slot, value);
  }
  return out;
}

const valueAt = (value: Value, slot: number): number | undefined =>
  typeof value === 'number' ? value : isSeries(value) ? value.get(slot) : undefined;

function series(value: Value): Series {
  if (isSeries(value)) return value;
  throw validation('Expected a time series.');
}

export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value;
    case 'id':
      return scope.value(expression.name);
    case 'minus':
      return combine(0, evaluate(expression.of, scope), (a, b) => a - b);
    case 'list':
      return expression.items.map((item) => series(evaluate(item, scope)));
    case 'binary': {
      const by = operators[expression.operator];
      if (!by) throw validation(`Unknown operator ${expression.operator}.`);
      return combine(evaluate(expression.left, scope), evaluate(expression.right, scope), by);
    }
    case 'call':
      return call(expression.name, expression.args, scope);
  }
}

const reducers: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MAX: (values) => values.reduce((high, value) => Math.max(high, value)),
  MIN: (values) => values.reduce((low, value) => Math.min(low, value)),
};

const each: Readonly<Record<string, (value: number) => number>> = {
  ABS: Math.abs,
  CEIL: Math.ceil,
  FLOOR: Math.floor,
};

function call(name: string, args: readonly Expression[], scope: Scope): Value {
  const value = (index: number): Value => {
    const arg = args[index];
    if (!arg) throw validation(`${name} needs more arguments.`);
    return evaluate(arg, scope);
  };
  const reduce = lookup(reducers, name);
  if (reduce)
    return reduceBy(
      args.map((_, i) => value(i)),
      reduce,
    );
  const change = lookup(each, name);
  if (change) return combine(value(0), 0, (one) => change(one));
  switch (name) {
    case 'IF': {
      const [condition, yes, no] = [value(0), value(1), args.length > 2 ? value(2) : undefined];
      if (typeof condition === 'number') return condition === 0 ? (no ?? new Map()) : yes;
      const out = new Map<number, number>();
      for (const [slot, holds] of series(condition)) {
        const chosen = holds === 0 ? no : yes;
        const picked = chosen === undefined ? undefined : valueAt(chosen, slot);
        if (picked !== undefined) out.set(slot, picked);
      }
      return out;
    }
    case 'FILL': {
      const [over, by] = [value(0), args[1]];
      const one = (source: Series): Series => fill(source, by, scope);
      return isList(over) ? over.map(one) : one(series(over));
    }
    case 'METRICS': {
      const filter = args.length > 0 ? value(0) : undefined;
      if (filter !== undefined && typeof filter !== 'string') throw validation('METRICS takes a string.');
      return scope.metrics(filter);
    }
    case 'PERIOD':
      return scope.period / 1000;
    default:
      throw unsupported(`the metric math function ${name}`);
  }
}

/** Of one series a number; of several, a series. */
function reduceBy(args: readonly Value[], by: (values: readonly number[]) => number): Value {
  const [first] = args;
  const lists = args.flatMap((value): readonly Series[] =>
    isList(value) ? value : isSeries(value) ? [value] : [],
  );
  if (args.length === 1 && first !== undefined && isSeries(first)) {
    const values = [...first.values()];
    return values.length === 0 ? new Map() : by(values);
  }
  const numbers = args.filter((value) => typeof value === 'number');
  if (lists.length === 0) return by(numbers);
  const out = new Map<number, number>();
  for (const slot of new Set(lists.flatMap((one) => [...one.keys()]))) {
    const values = lists.map((one) => one.get(slot)).filter((one) => one !== undefined);
    out.set(slot, by([...values, ...numbers]));
  }
  return new Map([...out].sort(([a], [b]) => a - b));
}

function fill(source: Series, by: Expression | undefined, scope: Scope): Series {
  if (by?.kind === 'id' && by.name.toUpperCase() === 'LINEAR') throw unsupported('FILL with LINEAR');
  const repeat = by?.kind === 'id' && by.name.toUpperCase() === 'REPEAT';
  const filler = repeat || !by ? undefined : evaluate(by, scope);
  const out = new Map<number, number>();
  let last: number | undefined;
  for (const slot of scope.slots) {
    const value =
      source.get(slot) ?? (repeat ? last : filler === undefined ? undefined : valueAt(filler, slot));
    last = value;
    if (value !== undefined) out.set(slot, value);
  }
  return out;
}
