/** What the parsers make of expressions: first with placeholders as written, then bound to a request's. */
import type { Value } from '../values/types.ts';

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** Names and list indexes. */
export type Path = readonly (string | number)[];

export const comparators = ['=', '<>', '<', '<=', '>', '>='] as const;
export type Comparator = (typeof comparators)[number];

/** Text of a parsed expression; the same for every request that sends it. */
export type RawOperand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string; readonly args: readonly RawNode[] };

export type RawNode =
  | RawOperand
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: RawNode;
      readonly right: RawNode;
    }
  | { readonly kind: 'between'; readonly operand: RawNode; readonly low: RawNode; readonly high: RawNode }
  | { readonly kind: 'in'; readonly operand: RawNode; readonly options: readonly RawNode[] }
  | { readonly kind: 'and' | 'or'; readonly left: RawNode; readonly right: RawNode }
  | { readonly kind: 'not'; readonly inner: RawNode };

export type RawSetValue =
  | RawOperand
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly left: RawOperand;
      readonly right: RawOperand;
    };

export interface RawUpdate {
  readonly set: readonly { readonly path: Path; readonly value: RawSetValue }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: string }[];
  readonly delete: readonly { readonly path: Path; readonly value: string }[];
}

/** A parsed expression and the placeholders it uses, each once. */
export interface Parsed<T> {
  readonly kind: ExpressionKind;
  readonly root: T;
  readonly names: readonly string[];
  readonly values: readonly string[];
}

export type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'size'; readonly operand: Operand };

export const tests = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
] as const;
export type Test = (typeof tests)[number];

export type Condition =
  | {
      readonly kind: 'compare';
      readonly operator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly options: readonly Operand[] }
  | { readonly kind: 'test'; readonly name: Test; readonly args: readonly Operand[] }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly inner: Condition };

export type SetValue =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: SetValue }
  | { readonly kind: 'list_append'; readonly left: SetValue; readonly right: SetValue }
  | {
      readonly kind: 'arithmetic';
      readonly operator: '+' | '-';
      readonly left: SetValue;
      readonly right: SetValue;
    };

export interface Update {
  readonly set: readonly { readonly path: Path; readonly value: SetValue }[];
  readonly remove: readonly Path[];
  readonly add: readonly { readonly path: Path; readonly value: Value }[];
  readonly delete: readonly { readonly path: Path; readonly value: Value }[];
  /** What is said of an ADD or DELETE to an attribute of another type, where it is not the expressions' own text. */
  readonly mismatch?: string;
}

export const showPath = (path: Path): string =>
  `[${path.map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(', ')}]`;
