/**
 * The rules of Choice states in JSONPath.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */

import type { Json, JsonObject } from '../../../../core/json.ts';
import { evaluatePath, parsePath } from '../../../../core/json-path.ts';
import { StateFailure } from './failure.ts';
import type { Scope } from './payload.ts';

/** Time stamps of RFC 3339: with `T` and a zone. */
const timestampForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

export function readTimestamp(value: unknown): number | undefined {
  if (typeof value !== 'string' || !timestampForm.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

type Kind = 'String' | 'Numeric' | 'Boolean' | 'Timestamp';

const comparable: Readonly<Record<Kind, (value: Json) => string | number | boolean | undefined>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Numeric: (value) => (typeof value === 'number' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  Timestamp: readTimestamp,
};

type Ordered = string | number | boolean;
const orders: Readonly<Record<string, (a: Ordered, b: Ordered) => boolean>> = {
  Equals: (a, b) => a === b,
  LessThan: (a, b) => a < b,
  GreaterThan: (a, b) => a > b,
  LessThanEquals: (a, b) => a <= b,
  GreaterThanEquals: (a, b) => a >= b,
};

const kinds: Readonly<Record<string, (value: Json) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => readTimestamp(value) !== undefined,
};

interface Operator {
  /** What the operator's own value has to be. */
  readonly takes: 'boolean' | 'number' | 'string' | 'timestamp' | 'path';
  holds(value: Json | undefined, against: Json, scope: Scope): boolean;
}

const takesOf = { String: 'string', Numeric: 'number', Boolean: 'boolean', Timestamp: 'timestamp' } as const;

function ordering(kind: Kind, order: string): readonly (readonly [string, Operator])[] {
  const read = comparable[kind];
  const compare = (value: Json | undefined, against: Json | undefined): boolean => {
    const [a, b] = [
      value === undefined ? undefined : read(value),
      against === undefined ? undefined : read(against),
    ];
    return a !== undefined && b !== undefined && (orders[order]?.(a, b) ?? false);
  };
  return [
    [`${kind}${order}`, { takes: takesOf[kind], holds: (value, against) => compare(value, against) }],
    [
      `${kind}${order}Path`,
      {
        takes: 'path',
        holds: (value, path, scope) => compare(value, reading(String(path), scope)),
      },
    ],
  ];
}

export const choiceOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...(['String', 'Numeric', 'Timestamp'] as const).flatMap((kind) =>
    Object.keys(orders).flatMap((order) => ordering(kind, order)),
  ),
  ...ordering('Boolean', 'Equals'),
  ['StringMatches', { takes: 'string', holds: (value, pattern) => matches(value, String(pattern)) }],
  ...Object.entries(kinds).map(([name, is]): [string, Operator] => [
    name,
    { takes: 'boolean', holds: (value, wanted) => value !== undefined && is(value) === wanted },
  ]),
  ['IsPresent', { takes: 'boolean', holds: (value, wanted) => (value !== undefined) === wanted }],
]);

/** `*` stands for anything; `\*` for itself. Looked for from left to right, which needs no way back. */
function matches(value: Json | undefined, pattern: string): boolean {
  if (typeof value !== 'string') return false;
  const parts: string[] = [''];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? '';
    if (char === '*') parts.push('');
    else parts[parts.length - 1] += char === '\\' && i + 1 < pattern.length ? (pattern[++i] ?? '') : char;
  }
  const [first = '', ...rest] = parts;
  if (!value.startsWith(first)) return false;
  if (rest.length === 0) return value === first;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

function reading(path: string, scope: Scope): Json {
  const found = evaluatePath(parsePath(path), scope);
  if (found === undefined)
    throw new StateFailure(
      'States.Runtime',
      `Invalid path '${path}': The choice state's condition path references an invalid value.`,
    );
  return found;
}

/** Whether a rule, with what it is made of, holds. */
export function ruleHolds(rule: JsonObject, scope: Scope): boolean {
  const rules = (value: Json | undefined) => (Array.isArray(value) ? (value as readonly JsonObject[]) : []);
  if (rule.And !== undefined) return rules(rule.And).every((one) => ruleHolds(one, scope));
  if (rule.Or !== undefined) return rules(rule.Or).some((one) => ruleHolds(one, scope));
  if (rule.Not !== undefined) return !ruleHolds(rule.Not as JsonObject, scope);
  const path = String(rule.Variable);
  for (const [name, against] of Object.entries(rule)) {
    const operator = choiceOperators.get(name);
    if (!operator) continue;
    const value = name === 'IsPresent' ? evaluatePath(parsePath(path), scope) : reading(path, scope);
    if (!operator.holds(value, against as Json, scope)) return false;
  }
  return true;
}
