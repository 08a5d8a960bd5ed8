/**
 * Conditions from before expressions, as the same tree that expressions are read into.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.Conditions.html
 */
import type { ExpectedAttributeValue, Condition as LegacyCondition } from '@aws-sdk/client-dynamodb';
import { invalidParameter, validation } from '../errors.ts';
import type { Condition, Operand } from '../expressions/ast.ts';
import type { KeyLeaf } from '../expressions/key-condition.ts';
import { checkName, checkValue } from '../values/check.ts';
import { compareValues } from '../values/compare.ts';
import { typeOf, type Value, type ValueType } from '../values/types.ts';

interface Rule {
  /** How many values it takes. */
  readonly takes: number | 'some';
  /** Types of values it takes; any when absent. */
  readonly types?: readonly ValueType[];
}

const ordered = { takes: 1, types: ['S', 'N', 'B'] } as const;

const rules = {
  EQ: { takes: 1 },
  NE: { takes: 1 },
  IN: { takes: 'some', types: ['S', 'N', 'B'] },
  LE: ordered,
  LT: ordered,
  GE: ordered,
  GT: ordered,
  BETWEEN: { takes: 2, types: ['S', 'N', 'B'] },
  NOT_NULL: { takes: 0 },
  NULL: { takes: 0 },
  CONTAINS: ordered,
  NOT_CONTAINS: ordered,
  BEGINS_WITH: { takes: 1, types: ['S', 'B'] },
} as const satisfies Record<string, Rule>;

type LegacyOperator = keyof typeof rules;

const isOperator = (name: string): name is LegacyOperator => Object.hasOwn(rules, name);

/** A condition on one attribute. */
interface Leaf {
  readonly name: string;
  readonly operator: LegacyOperator;
  readonly values: readonly Value[];
}

export const readLeaves = (given: Readonly<Record<string, LegacyCondition>>): readonly Leaf[] =>
  Object.entries(given).map(([name, { ComparisonOperator, AttributeValueList }]) =>
    leaf(name, ComparisonOperator, AttributeValueList ?? []),
  );

function leaf(name: string, operator: string | undefined, given: readonly object[]): Leaf {
  if (operator === undefined || !isOperator(operator))
    throw new Error(`${operator} passed the model's check`);
  checkName(name);
  const values = given.map((value) => checkValue(value as Value));
  const { takes, types }: Rule = rules[operator];
  if (takes === 'some' ? values.length === 0 : values.length !== takes)
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  const [first, second] = values;
  if (first && values.some((value) => typeOf(value) !== typeOf(first)))
    throw invalidParameter('AttributeValues inside AttributeValueList must be of same type');
  if (first && types && !types.includes(typeOf(first)))
    throw invalidParameter(
      `ComparisonOperator ${operator} is not valid for ${typeOf(first)} AttributeValue type`,
    );
  if (operator === 'BETWEEN' && first && second && (compareValues(first, second) ?? 0) > 0)
    throw validation(
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    );
  return { name, operator, values };
}

const comparators = { EQ: '=', NE: '<>', LE: '<=', LT: '<', GE: '>=', GT: '>' } as const;

function toCondition({ name, operator, values }: Leaf): Condition {
  const path: Operand = { kind: 'path', path: [name] };
  const [first = path, second = path] = values.map((value): Operand => ({ kind: 'value', value }));
  switch (operator) {
    case 'NOT_NULL':
      return { kind: 'test', name: 'attribute_exists', args: [path] };
    case 'NULL':
      return { kind: 'test', name: 'attribute_not_exists', args: [path] };
    case 'BETWEEN':
      return { kind: 'between', operand: path, low: first, high: second };
    case 'IN':
      return { kind: 'in', operand: path, options: values.map((value) => ({ kind: 'value', value })) };
    case 'BEGINS_WITH':
      return { kind: 'test', name: 'begins_with', args: [path, first] };
    case 'CONTAINS':
      return { kind: 'test', name: 'contains', args: [path, first] };
    case 'NOT_CONTAINS':
      // Unlike NE, it is not met by an attribute that is not there.
      return {
        kind: 'and',
        left: { kind: 'test', name: 'attribute_exists', args: [path] },
        right: { kind: 'not', inner: { kind: 'test', name: 'contains', args: [path, first] } },
      };
    default:
      return { kind: 'compare', operator: comparators[operator], left: path, right: first };
  }
}

/** @param operator ConditionalOperator */
export function joined(leaves: readonly Leaf[], operator: string | undefined): Condition | undefined {
  if (operator !== undefined && leaves.length === 0)
    throw validation('ConditionalOperator cannot be used without Filter or Expected');
  if (operator !== undefined && leaves.length === 1)
    throw validation('ConditionalOperator can only be used when Filter or Expected has two or more elements');
  const kind = operator === 'OR' ? 'or' : 'and';
  return leaves
    .map(toCondition)
    .reduce<Condition | undefined>((left, right) => (left ? { kind, left, right } : right), undefined);
}

/** `Expected` of a write. */
export const readExpected = (
  given: Readonly<Record<string, ExpectedAttributeValue>> | undefined,
  operator: string | undefined,
): Condition | undefined =>
  given === undefined && operator === undefined
    ? undefined
    : joined(
        Object.entries(given ?? {}).map(([name, one]) => expectedLeaf(name, one)),
        operator,
      );

function expectedLeaf(name: string, given: ExpectedAttributeValue): Leaf {
  const { ComparisonOperator: operator, AttributeValueList: list, Value: value, Exists: exists } = given;
  if (list && value)
    throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
  if (operator !== undefined) {
    if (exists !== undefined)
      throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
    if (operator !== 'NULL' && operator !== 'NOT_NULL' && !list && !value)
      throw invalidParameter(
        `Value or AttributeValueList must be used with ComparisonOperator: ${operator} for Attribute: ${name}`,
      );
    return leaf(name, operator, list ?? (value ? [value] : []));
  }
  if (list)
    throw invalidParameter(
      `AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`,
    );
  if (exists === false) {
    if (value) throw invalidParameter(`Value cannot be used when Exists is false for Attribute: ${name}`);
    return leaf(name, 'NULL', []);
  }
  if (!value)
    throw invalidParameter(
      `Value must be provided when Exists is ${exists ?? 'null'} for Attribute: ${name}`,
    );
  return leaf(name, 'EQ', [value]);
}

/** The others cannot be looked up in an index. */
const keyOperators: Readonly<Partial<Record<LegacyOperator, KeyLeaf['operator']>>> = {
  EQ: '=',
  LE: '<=',
  LT: '<',
  GE: '>=',
  GT: '>',
  BETWEEN: 'BETWEEN',
  BEGINS_WITH: 'begins_with',
};

/** `KeyConditions` of a query. */
export const keyLeavesOf = (leaves: readonly Leaf[]): readonly KeyLeaf[] =>
  leaves.map(({ name, operator, values }) => ({
    name,
    values,
    operator: keyOperators[operator] ?? 'other',
  }));
