/** Key attributes: present, of the right type, not empty, not too long. */
import { invalidParameter, validation } from '../errors.ts';
import { attribute, define, type Item, type ScalarType, typeOf, type Value } from '../values/types.ts';
import type { IndexRecord, Keys, TableRecord } from './records.ts';

/** A table, as far as its keys go. */
interface Keyed {
  readonly record: TableRecord;
}

const mismatch = () => validation('The provided key element does not match the schema');

export const keyNames = ({ hash, range }: Keys): string[] => (range === undefined ? [hash] : [hash, range]);

/** A `Key` parameter, its values checked: exactly the table's key attributes. */
export function checkKey(table: Keyed, key: Item): Item {
  const { keys, attributes } = table.record;
  const names = keyNames(keys);
  const out: Record<string, Value> = {};
  for (const name of names) {
    const value = attribute(key, name);
    if (!value) throw mismatch();
    if (!((attributes[name] ?? 'S') in value)) throw mismatch();
    checkKeyValue(name, value, name === keys.hash);
    define(out, name, value);
  }
  if (Object.keys(key).length !== names.length)
    throw Object.keys(key).length > 2
      ? validation('The number of conditions on the keys is invalid')
      : mismatch();
  return out;
}

/** An item about to be kept: its primary key, and the index keys that it has. */
export function checkItemKeys(table: Keyed, item: Item): void {
  const { keys, attributes, indexes } = table.record;
  for (const name of keyNames(keys)) {
    const value = attribute(item, name);
    if (!value) throw invalidParameter(`Missing the key ${name} in the item`);
    const expected = attributes[name] ?? 'S';
    if (!(expected in value))
      throw invalidParameter(`Type mismatch for key ${name} expected: ${expected} actual: ${typeOf(value)}`);
    checkKeyValue(name, value, name === keys.hash);
  }
  for (const index of indexes) checkIndexKeys(index, item, attributes);
}

export function checkIndexKeys(
  index: IndexRecord,
  item: Item,
  attributes: Readonly<Record<string, ScalarType>>,
): void {
  for (const name of keyNames(index.keys)) {
    const value = attribute(item, name);
    if (!value) continue;
    const expected = attributes[name] ?? 'S';
    if (!(expected in value))
      throw invalidParameter(
        `Type mismatch for Index Key ${name} Expected: ${expected} Actual: ${typeOf(value)} IndexName: ${index.name}`,
      );
    const empty = emptiness(value);
    if (empty)
      throw validation(
        `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${empty} value. IndexName: ${index.name}, IndexKey: ${name}`,
      );
    checkLength(value, name === index.keys.hash);
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
export function checkScalarKeys({ record }: Keyed, paths: readonly (readonly (string | number)[])[]): void {
  for (const [name, ...rest] of paths) {
    if (rest.length === 0) continue;
    const of = keyNames(record.keys).includes(String(name))
      ? 'Key'
      : record.indexes.some((index) => keyNames(index.keys).includes(String(name)))
        ? 'IndexKey'
        : undefined;
    if (of)
      throw validation(
        `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${of}: ${name}`,
      );
  }
}

const emptiness = (value: Value): 'string' | 'binary' | undefined =>
  'S' in value && value.S === '' ? 'string' : 'B' in value && value.B.length === 0 ? 'binary' : undefined;

export function checkKeyValue(name: string, value: Value, hash: boolean): void {
  const empty = emptiness(value);
  if (empty)
    throw validation(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${empty} value. Key: ${name}`,
    );
  checkLength(value, hash);
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys */
function isTooLong(value: Value, hash: boolean): boolean {
  const limit = hash ? 2048 : 1024;
  const size = 'S' in value ? value.S.length : 'B' in value ? value.B.length : 0;
  // A UTF-16 unit takes at most three bytes.
  return size * 3 > limit && ('S' in value ? Buffer.byteLength(value.S) : size) > limit;
}

function checkLength(value: Value, hash: boolean): void {
  if (isTooLong(value, hash))
    throw invalidParameter(
      // The missing space is AWS's.
      hash
        ? 'Size of hashkey has exceeded the maximum size limit of2048 bytes'
        : 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
    );
}

export const canBeKey = (value: Value, hash: boolean): boolean =>
  emptiness(value) === undefined && !isTooLong(value, hash);
