/**
 * Table definitions as requests give them: checked as AWS checks them, and read into what is kept.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
 */
import type {
  AttributeDefinition,
  BillingMode,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection,
  ProvisionedThroughput,
} from '@aws-sdk/client-dynamodb';
import { unsupported } from '../../service.ts';
import { constraint, invalidParameter, validation } from './errors.ts';
import { keyNames } from './storage/keys.ts';
import type { IndexRecord, Keys, Throughput } from './storage/records.ts';
import type { ScalarType } from './values/types.ts';

const list = (names: Iterable<string | undefined>) => `[${[...names].join(', ')}]`;

export function readAttributes(
  definitions: readonly AttributeDefinition[] | undefined,
): Record<string, ScalarType> {
  const out: Record<string, ScalarType> = {};
  for (const { AttributeName = '', AttributeType = 'S' } of definitions ?? []) {
    if (Object.hasOwn(out, AttributeName))
      throw invalidParameter(
        `Duplicate AttributeName: ${AttributeName}. An attribute may only be defined once in AttributeDefinitions`,
      );
    if (AttributeName === '__proto__') throw unsupported('key attributes named __proto__');
    out[AttributeName] = AttributeType;
  }
  return out;
}

export function readKeys(
  schema: readonly KeySchemaElement[] | undefined,
  attributes: Readonly<Record<string, ScalarType>>,
  index?: { readonly kind: 'global' | 'local' },
): Keys {
  const elements = schema ?? [];
  const [first, second, ...more] = elements;
  const names = elements.map((element) => element.AttributeName ?? '');
  if (names.some((name) => !Object.hasOwn(attributes, name)))
    throw index === undefined && names.length > Object.keys(attributes).length
      ? validation('Invalid KeySchema: Some index key attribute have no definition')
      : invalidParameter(
          `Some index key attributes are not defined in AttributeDefinitions. Keys: ${list(names)}, AttributeDefinitions: ${list(Object.keys(attributes))}`,
        );
  if (!first) throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (second && first.AttributeName === second.AttributeName)
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  if (first.KeyType !== 'HASH')
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  if (more.length > 0) {
    if (index?.kind === 'global') throw unsupported('index keys of several attributes');
    throw constraint(`[${names.join(', ')}]`, 'keySchema', 'Member must have length less than or equal to 2');
  }
  if (second && second.KeyType !== 'RANGE') {
    if (index?.kind === 'global') throw unsupported('index keys of several attributes');
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  return { hash: names[0] ?? '', ...(second ? { range: names[1] ?? '' } : {}) };
}

/** Every attribute defined must be a key of something: DynamoDB has no schema beyond keys. */
export function checkAllUsed(
  attributes: Readonly<Record<string, ScalarType>>,
  keys: Keys,
  indexes: readonly IndexRecord[],
): void {
  const used = new Set([keys, ...indexes.map((index) => index.keys)].flatMap(keyNames));
  const defined = Object.keys(attributes);
  if (defined.every((name) => used.has(name))) return;
  throw invalidParameter(
    indexes.length === 0
      ? 'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions'
      : `Some AttributeDefinitions are not used. AttributeDefinitions: ${list(defined)}, keys used: ${list(used)}`,
  );
}

const mostUnits = 1_000_000_000_000;

export function readThroughput(
  mode: BillingMode,
  given: ProvisionedThroughput | undefined,
  index?: string,
): Throughput {
  if (mode === 'PAY_PER_REQUEST') {
    if (given && ((given.ReadCapacityUnits ?? 0) > 0 || (given.WriteCapacityUnits ?? 0) > 0))
      throw invalidParameter(
        index === undefined
          ? 'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST'
          : `ProvisionedThroughput should not be specified for index: ${index} when BillingMode is PAY_PER_REQUEST`,
      );
    return { read: 0, write: 0 };
  }
  if (!given)
    throw invalidParameter(
      `ReadCapacityUnits and WriteCapacityUnits must both be specified${index ? ` for index: ${index}` : ''} when BillingMode is PROVISIONED`,
    );
  for (const member of ['ReadCapacityUnits', 'WriteCapacityUnits'] as const)
    if ((given[member] ?? 0) > mostUnits)
      throw validation(
        `Given value ${given[member]} for ${member} is out of bounds${index === undefined ? '' : ` for index ${index}`}`,
      );
  return { read: Number(given.ReadCapacityUnits), write: Number(given.WriteCapacityUnits) };
}

function readProjectionOf(projection: Projection | undefined, index: string) {
  const type = projection?.ProjectionType;
  const included = projection?.NonKeyAttributes ?? [];
  if (type === undefined)
    throw invalidParameter(`Unknown ProjectionType: null${projection ? '' : ` for index ${index}`}`);
  if (type === 'INCLUDE' && included.length === 0)
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  const duplicate = included.find((name, i) => included.indexOf(name) !== i);
  if (duplicate !== undefined) throw invalidParameter(`Duplicate value in NonKeyAttributes: ${duplicate}`);
  if (type !== 'INCLUDE' && included.length > 0)
    throw invalidParameter(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  return { projection: type, included } as const;
}

export function readGlobalIndex(
  given: GlobalSecondaryIndex,
  attributes: Readonly<Record<string, ScalarType>>,
  mode: BillingMode,
  slot: string,
): IndexRecord {
  const name = given.IndexName ?? '';
  return {
    name,
    kind: 'global',
    slot,
    keys: readKeys(given.KeySchema, attributes, { kind: 'global' }),
    ...readProjectionOf(given.Projection, name),
    throughput: readThroughput(mode, given.ProvisionedThroughput, name),
    ...(given.OnDemandThroughput ? { onDemand: given.OnDemandThroughput } : {}),
    ...(given.WarmThroughput ? { warm: given.WarmThroughput } : {}),
  };
}

export function readLocalIndex(
  given: LocalSecondaryIndex,
  attributes: Readonly<Record<string, ScalarType>>,
  keys: Keys,
  slot: string,
): IndexRecord {
  const name = given.IndexName ?? '';
  const own = readKeys(given.KeySchema, attributes, { kind: 'local' });
  if (keys.range === undefined)
    throw invalidParameter(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  if (own.range === undefined)
    throw invalidParameter(`Index KeySchema does not have a range key for index: ${name}`);
  if (own.hash !== keys.hash)
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${own.hash}, table hash key: ${keys.hash}`,
    );
  return { name, kind: 'local', slot, keys: own, ...readProjectionOf(given.Projection, name) };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export function checkIndexes(indexes: readonly IndexRecord[]): void {
  const names = indexes.map((index) => index.name);
  const duplicate = names.find((name, i) => names.indexOf(name) !== i);
  if (duplicate !== undefined) throw invalidParameter(`Duplicate index name: ${duplicate}`);
  if (indexes.filter((index) => index.kind === 'global').length > 20)
    throw invalidParameter('GlobalSecondaryIndex count exceeds the per-table limit of 20');
  if (indexes.filter((index) => index.kind === 'local').length > 5)
    throw invalidParameter('Number of LocalSecondaryIndexes exceeds per-table limit of 5');
  const included = indexes.reduce((sum, index) => sum + index.included.length, 0);
  if (included > 100)
    throw validation(
      'One or more parameter values were invalid: Number of NonKeyAttributes exceeds the limit of 100',
    );
}
