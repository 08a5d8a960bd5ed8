/** What the reading operations share: Query and Scan are one page read, filtered and cut to what was asked for. */
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { hasCode } from '../../service.ts';
import { consumedCapacity, noIndexes, readUnits, useUnits } from './capacity.ts';
import type { DynamoContext } from './context.ts';
import { invalidParameter, validation } from './errors.ts';
import type { Condition, Path } from './expressions/ast.ts';
import { meets } from './expressions/evaluate.ts';
import { conditionPaths } from './expressions/key-condition.ts';
import { project } from './expressions/project.ts';
import { checkKeyValue, checkScalarKeys, keyNames } from './storage/keys.ts';
import { keyAttributes, type PageRequest, readPage } from './storage/page.ts';
import type { IndexRecord } from './storage/records.ts';
import type { Table } from './storage/table.ts';
import type { Usage } from './storage/throughput.ts';
import { checkItem, itemSize } from './values/check.ts';
import { attribute, type Item } from './values/types.ts';

type Select = 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES' | 'SPECIFIC_ATTRIBUTES' | 'COUNT';

interface SelectInput {
  readonly IndexName?: string | undefined;
  readonly Select?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
}

/** What is read when the request does not say. */
export const defaultSelect = (input: SelectInput): string =>
  input.Select ??
  (input.ProjectionExpression !== undefined || input.AttributesToGet
    ? 'SPECIFIC_ATTRIBUTES'
    : input.IndexName === undefined
      ? 'ALL_ATTRIBUTES'
      : 'ALL_PROJECTED_ATTRIBUTES');

export function readSelect(input: SelectInput, index: IndexRecord | undefined, verb: string): Select {
  const select = defaultSelect(input);
  const projected =
    input.ProjectionExpression !== undefined
      ? 'ProjectionExpression'
      : input.AttributesToGet && 'AttributesToGet';
  if (projected && select === 'COUNT')
    throw validation(`Cannot specify the ${projected} when choosing to get only the Count`);
  if (projected && select !== 'SPECIFIC_ATTRIBUTES')
    throw validation(`Cannot specify the ${projected} when choosing to get ${select}`);
  if (!projected && select === 'SPECIFIC_ATTRIBUTES')
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && !index)
    throw invalidParameter(`ALL_PROJECTED_ATTRIBUTES can be used only when ${verb} using an IndexName`);
  if (select === 'ALL_ATTRIBUTES' && index?.kind === 'global' && index.projection !== 'ALL')
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  return select as Select;
}

export function readIndex(
  table: Table,
  name: string | undefined,
  consistent: boolean | undefined,
): IndexRecord | undefined {
  if (name === undefined) return undefined;
  const index = table.index(name);
  if (!index) throw validation(`The table does not have the specified index: ${name}`);
  if (index.kind === 'global' && consistent)
    throw validation('Consistent reads are not supported on global secondary indexes');
  return index;
}

/** What can be wrong with a starting key whatever the table is; some complaints go without the preface. */
export function checkStartKey(given: object | undefined): void {
  try {
    checkItem((given ?? {}) as Item);
  } catch (error) {
    if (
      !hasCode(error, 'ValidationException') ||
      /contains duplicates|number set|numeric value|significant digits|number with magnitude/.test(
        error.message,
      )
    )
      throw error;
    throw validation(`The provided starting key is invalid: ${error.message}`);
  }
}

export function readStartKey(
  request: Pick<PageRequest, 'table' | 'index'>,
  given: object | undefined,
): Item | undefined {
  if (given === undefined) return undefined;
  const key = checkItem(given as Item);
  const { keys, attributes } = request.table.record;
  const names = keyAttributes(request);
  const hashes = [keys.hash, request.index?.keys.hash];
  if (Object.keys(key).length !== names.size) throw validation('The provided starting key is invalid');
  for (const name of names) {
    const value = attribute(key, name);
    if (!value) throw validation('The provided starting key is invalid');
    if (!((attributes[name] ?? 'S') in value))
      throw validation(
        'The provided starting key is invalid: The provided key element does not match the schema',
      );
    checkKeyValue(name, value, hashes.includes(name));
  }
  return key;
}

/** Keys are scalars: no path goes into one. */
export function checkKeyPaths(
  table: Table,
  filter: Condition | undefined,
  paths: readonly Path[] = [],
): void {
  checkScalarKeys(table, filter ? [...conditionPaths(filter), ...paths] : paths);
}

interface Selection {
  readonly request: PageRequest;
  readonly filter: Condition | undefined;
  readonly paths: readonly Path[] | undefined;
  readonly select: Select;
  readonly consistent: boolean;
  readonly returnCapacity: string | undefined;
}

interface Selected {
  readonly Items?: Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: ConsumedCapacity;
}

export function runSelection(context: DynamoContext, selection: Selection): Selected {
  const { request, filter, paths, select } = selection;
  const { table, index } = request;
  const fetches = needsTable(selection);
  table.throughput.admit(table.record, 'read', index);
  const page = readPage(request);
  const consistency = selection.consistent ? 'strong' : 'eventual';
  const units = readUnits(page.bytes, consistency);
  let usage: Usage = index
    ? { table: 0, indexes: new Map([[index.name, units]]) }
    : { table: units, indexes: noIndexes };
  let items: Item[] = [...page.items];
  if (fetches)
    items = items.map((entry) => {
      const whole = table.get(entry) ?? entry;
      usage = { ...usage, table: usage.table + readUnits(itemSize(whole), consistency) };
      return whole;
    });
  if (filter) items = items.filter((item) => meets(filter, item));
  useUnits(context.env, table, 'read', usage);
  const Count = items.length;
  if (paths) items = items.map((item) => project(item, paths));
  const ConsumedCapacity = consumedCapacity(table, selection.returnCapacity, 'read', usage);
  return {
    ...(select === 'COUNT' ? {} : { Items: items }),
    Count,
    ScannedCount: page.items.length,
    ...(page.last ? { LastEvaluatedKey: page.last } : {}),
    ...(ConsumedCapacity ? { ConsumedCapacity } : {}),
  };
}

/**
 * A local index fetches what it does not hold from the table; a global one cannot.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.Projections
 */
function needsTable({ request: { table, index }, select, paths }: Selection): boolean {
  if (!index || index.projection === 'ALL') return false;
  if (select === 'ALL_ATTRIBUTES') return true;
  const held = new Set([...keyNames(table.record.keys), ...keyNames(index.keys), ...index.included]);
  const missing = (paths ?? []).map(([name]) => String(name)).filter((name) => !held.has(name));
  if (missing.length === 0) return false;
  if (index.kind === 'global')
    throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  return true;
}
