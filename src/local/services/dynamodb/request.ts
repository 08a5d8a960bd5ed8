/**
 * A request's conditions, filters and projections, from expressions or from the parameters they replaced. Read before
 * any table is looked for, as on AWS: what is wrong with a request is said although its table does not exist.
 */
import type {
  AttributeValueUpdate,
  ExpectedAttributeValue,
  Condition as LegacyCondition,
} from '@aws-sdk/client-dynamodb';
import { oncePer } from '../../wire/once.ts';
import { validation } from './errors.ts';
import type { Condition, Path, Update } from './expressions/ast.ts';
import { bindCondition } from './expressions/bind-condition.ts';
import { conditionPaths, type KeyLeaf, keyLeaves } from './expressions/key-condition.ts';
import { parseCondition, parseProjection, parseUpdate } from './expressions/parse.ts';
import { topNames } from './expressions/paths.ts';
import { type ExpressionInput, expressionsOf } from './expressions/placeholders.ts';
import { bindProjection } from './expressions/project.ts';
import { bindUpdate } from './expressions/update.ts';
import { joined, keyLeavesOf, readExpected, readLeaves } from './legacy/conditions.ts';
import { checkParameters } from './legacy/parameters.ts';
import { readAttributesToGet, readAttributeUpdates } from './legacy/updates.ts';

type Text = string | undefined;

interface ProjectionInput extends ExpressionInput {
  readonly ProjectionExpression?: Text;
  readonly AttributesToGet?: readonly string[] | undefined;
}

const projectionNames = ['ProjectionExpression'];
const legacyProjectionNames = ['AttributesToGet'];

function readProjection(input: ProjectionInput): readonly Path[] | undefined {
  const { ProjectionExpression, AttributesToGet } = input;
  checkParameters(input, projectionNames, legacyProjectionNames);
  if (ProjectionExpression === undefined) return AttributesToGet && readAttributesToGet(AttributesToGet);
  const expressions = expressionsOf(input, { ProjectionExpression });
  const paths = expressions.read('ProjectionExpression', parseProjection, bindProjection);
  expressions.end();
  return paths;
}

/** For the permission and for the answer. */
export const projectionOnce = oncePer((input: ProjectionInput) => ({ paths: readProjection(input) }));

interface ConditionInput extends ExpressionInput {
  readonly ConditionExpression?: Text;
  readonly Expected?: Readonly<Record<string, ExpectedAttributeValue>> | undefined;
  readonly ConditionalOperator?: Text;
}

const conditionNames = ['ConditionExpression'];
const legacyConditionNames = ['Expected', 'ConditionalOperator'];

/** Of a put, a deletion or a check. */
export function readCondition(input: ConditionInput): Condition | undefined {
  const { ConditionExpression, Expected, ConditionalOperator } = input;
  checkParameters(input, conditionNames, legacyConditionNames);
  if (ConditionExpression === undefined) return readExpected(Expected, ConditionalOperator);
  const expressions = expressionsOf(input, { ConditionExpression });
  const condition = expressions.read('ConditionExpression', parseCondition, bindCondition);
  expressions.end();
  return condition;
}

interface UpdateInput extends ConditionInput {
  readonly UpdateExpression?: Text;
  readonly AttributeUpdates?: Readonly<Record<string, AttributeValueUpdate>> | undefined;
}

export function readUpdate(input: UpdateInput): {
  update?: Update | undefined;
  condition?: Condition | undefined;
} {
  const { UpdateExpression, ConditionExpression, AttributeUpdates, Expected, ConditionalOperator } = input;
  checkParameters(
    input,
    ['UpdateExpression', 'ConditionExpression'],
    ['AttributeUpdates', 'Expected', 'ConditionalOperator'],
  );
  const updates = AttributeUpdates && readAttributeUpdates(AttributeUpdates);
  const expected = readExpected(Expected, ConditionalOperator);
  const expressions = expressionsOf(input, { UpdateExpression, ConditionExpression });
  const update = expressions.read('UpdateExpression', parseUpdate, bindUpdate);
  const condition = expressions.read('ConditionExpression', parseCondition, bindCondition);
  expressions.end();
  return { update: update ?? updates, condition: condition ?? expected };
}

interface FilterInput extends ProjectionInput {
  readonly FilterExpression?: Text;
  readonly ConditionalOperator?: Text;
}

interface ScanInput extends FilterInput {
  readonly ScanFilter?: Readonly<Record<string, LegacyCondition>> | undefined;
}

interface Filtered {
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
  /** Of a query. */
  readonly keys?: readonly KeyLeaf[];
}

export function readScan(input: ScanInput): Filtered {
  const { ProjectionExpression, FilterExpression, AttributesToGet, ScanFilter, ConditionalOperator } = input;
  checkParameters(
    input,
    ['ProjectionExpression', 'FilterExpression'],
    ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
  );
  const legacy = {
    paths: AttributesToGet && readAttributesToGet(AttributesToGet),
    filter: joined(readLeaves(ScanFilter ?? {}), ConditionalOperator),
  };
  const expressions = expressionsOf(input, { FilterExpression, ProjectionExpression });
  const filter = expressions.read('FilterExpression', parseCondition, bindCondition);
  const paths = expressions.read('ProjectionExpression', parseProjection, bindProjection);
  expressions.end();
  return { filter: filter ?? legacy.filter, paths: paths ?? legacy.paths };
}

/** Top-level names that a selection touches, for dynamodb:Attributes; none when it asks for whole items. */
export const selectedNames = ({ filter, paths, keys = [] }: Filtered): string[] =>
  paths
    ? [...topNames(paths), ...topNames(filter ? conditionPaths(filter) : []), ...keys.map(({ name }) => name)]
    : [];

interface QueryInput extends FilterInput {
  readonly KeyConditionExpression?: Text;
  readonly KeyConditions?: Readonly<Record<string, LegacyCondition>> | undefined;
  readonly QueryFilter?: Readonly<Record<string, LegacyCondition>> | undefined;
}

/** KeyConditions alone go together with expressions: they had come first. */
export function readQuery(input: QueryInput): Filtered & { readonly keys: readonly KeyLeaf[] } {
  const { KeyConditionExpression, KeyConditions, QueryFilter, FilterExpression, ProjectionExpression } =
    input;
  const { AttributesToGet, ConditionalOperator } = input;
  checkParameters(
    input,
    ['ProjectionExpression', 'FilterExpression', 'KeyConditionExpression'],
    [
      'AttributesToGet',
      'QueryFilter',
      'ConditionalOperator',
      ...(KeyConditionExpression === undefined ? [] : ['KeyConditions']),
    ],
  );
  const legacy = {
    filter: joined(readLeaves(QueryFilter ?? {}), ConditionalOperator),
    paths: AttributesToGet && readAttributesToGet(AttributesToGet),
  };
  if (KeyConditionExpression === undefined && KeyConditions === undefined)
    throw validation(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  const expressions = expressionsOf(input, {
    FilterExpression,
    KeyConditionExpression,
    ProjectionExpression,
  });
  const key = expressions.read('KeyConditionExpression', parseCondition, bindCondition);
  const filter = expressions.read('FilterExpression', parseCondition, bindCondition);
  const paths = expressions.read('ProjectionExpression', parseProjection, bindProjection);
  expressions.end();
  const keys = key ? keyLeaves(key) : keyLeavesOf(readLeaves(KeyConditions ?? {}));
  if (keys.length < 1 || keys.length > 2) throw validation('Conditions can be of length 1 or 2 only');
  return { keys, filter: filter ?? legacy.filter, paths: paths ?? legacy.paths };
}
