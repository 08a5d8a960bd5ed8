/**
 * Condition blocks: operator names with their set prefix and `IfExists`, compiled to clauses that must all
 * hold. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
import { nullCheck, operators, type Test } from './operators.ts';
import type { KeyValue, RequestKeys } from './request-keys.ts';
import type { ConditionBlock, OneOrMany, Statement } from './types.ts';

export interface Clause {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  readonly holds: (keys: RequestKeys) => boolean;
}

const operatorSyntax = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

export const many = <T>(value: OneOrMany<T> | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T]; // Array.isArray does not narrow readonly

/** What is wrong with an operator's name or a value it is given; undefined when it can be evaluated. */
export function checkOperator(name: string): string | undefined {
  const [, set, base = '', ifExists] = operatorSyntax.exec(name) ?? [];
  if (base === 'Null' && set === undefined && ifExists === undefined) return undefined;
  return operators.has(base) ? undefined : `Invalid Condition type : ${name}`;
}

export function checkConditionValue(name: string, value: string): string | undefined {
  const base = operatorSyntax.exec(name)?.[2] ?? '';
  return base === 'Null' ? nullCheck?.(value) : operators.get(base)?.check?.(value);
}

/** A key without values, or with only empty ones, counts as absent for set operators and `Null`. */
const isNull = (value: KeyValue) => value === undefined || (typeof value !== 'string' && value.length === 0);

function compileNull(key: string, wanted: readonly string[]): Clause['holds'] {
  const answers = new Set(wanted.map((value) => value.trim().toLowerCase()));
  return (keys) => answers.has(String(isNull(keys.get(key))));
}

interface Shape {
  readonly set?: string;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly effect: Statement['Effect'];
}

function compileTest(key: string, test: Test, { set, ifExists, negated, effect }: Shape): Clause['holds'] {
  const passes = (value: string, keys: RequestKeys) => {
    const match = test(value, keys);
    // AWS calls a statement with an unresolvable variable invalid: it may deny, it never allows.
    if (negated && match === 'unresolved') return effect === 'Deny';
    return (match === 'yes') !== negated;
  };
  return (keys) => {
    const value = keys.get(key);
    if (value === undefined || isNull(value)) {
      if (ifExists || set === 'ForAllValues') return true;
      return set === undefined && negated;
    }
    if (set === undefined) {
      // Several values without a set operator cannot be compared: they match nothing.
      const single = typeof value === 'string' ? value : value.length === 1 ? value[0] : undefined;
      return single === undefined ? negated : passes(single, keys);
    }
    const values = (typeof value === 'string' ? [value] : value).filter((one) => one !== '');
    return set === 'ForAllValues'
      ? values.every((one) => passes(one, keys))
      : values.some((one) => passes(one, keys));
  };
}

/** Throws on an operator that `checkOperator` refuses: a condition is never ignored. */
export function compileConditions(
  block: ConditionBlock | undefined,
  effect: Statement['Effect'],
  variables: boolean,
): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const [name, keys] of Object.entries(block ?? {})) {
    const problem = checkOperator(name);
    if (problem !== undefined) throw new TypeError(problem);
    const [, set, base = '', ifExists] = operatorSyntax.exec(name) ?? [];
    for (const [key, value] of Object.entries(keys)) {
      const wanted = many(value).map(String);
      const lower = key.toLowerCase();
      const operator = operators.get(base);
      const holds =
        operator === undefined
          ? compileNull(lower, wanted)
          : compileTest(lower, operator.compile(wanted, variables), {
              set,
              ifExists: ifExists !== undefined,
              negated: operator.negated,
              effect,
            });
      clauses.push({ operator: name, key, wanted, holds });
    }
  }
  return clauses;
}
