/**
 * Checks and normalises the values a request brings, and counts their bytes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
import { invalidParameter, validation } from '../errors.ts';
import { setKeys } from './compare.ts';
import { normaliseNumber, numberSize } from './number.ts';
import { define, type Item, type Value } from './types.ts';

const deepest = 32;

export function checkItem(item: Item): Item {
  const out: Record<string, Value> = {};
  for (const name in item) define(out, checkName(name), checkValue(item[name]));
  return out;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
const longestName = 65_535;

export function checkName(name: string): string {
  if (name === '') throw invalidParameter('Empty attribute name');
  // A UTF-16 unit takes at most three bytes.
  if (name.length * 3 > longestName && Buffer.byteLength(name) > longestName)
    throw invalidParameter('Attribute name is too large, must be less than 65536 bytes');
  return name;
}

export function checkValue(value: Value | undefined, depth = 1): Value {
  if (value === undefined) throw empty();
  if (depth > deepest)
    throw validation(
      'Nesting Levels have exceeded supported limits: Attributes can be nested up to 32 levels deep',
    );
  let count = 0;
  for (const type in value) if ((value as Record<string, unknown>)[type] !== undefined) count++;
  if (count === 1) return checkTyped(value, depth);
  // Each must be right in itself before they are too many.
  for (const [type, content] of Object.entries(value))
    checkTyped({ [type]: content } as unknown as Value, depth);
  throw count === 0
    ? empty()
    : validation(
        'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
      );
}

const empty = () =>
  validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');

function checkTyped(value: Value, depth: number): Value {
  if ('S' in value || 'B' in value || 'BOOL' in value) return value;
  if ('N' in value) {
    const N = normaliseNumber(value.N);
    return N === value.N ? value : { N };
  }
  if ('NULL' in value) {
    if ((value.NULL as boolean) !== true)
      throw invalidParameter('Null attribute value types must have the value of true');
    return value;
  }
  if ('L' in value) return { L: value.L.map((item) => checkValue(item, depth + 1)) };
  if ('M' in value) {
    const M: Record<string, Value> = {};
    for (const name in value.M) define(M, checkName(name), checkValue(value.M[name], depth + 1));
    return { M };
  }
  if ('SS' in value) {
    if (value.SS.length === 0) throw invalidParameter('An string set  may not be empty');
    if (new Set(value.SS).size !== value.SS.length)
      throw invalidParameter(`Input collection [${value.SS.join(', ')}] contains duplicates.`);
    return value;
  }
  if ('NS' in value) {
    if (value.NS.length === 0) throw invalidParameter('An number set  may not be empty');
    const NS = value.NS.map(normaliseNumber);
    if (new Set(NS).size !== NS.length) throw validation('Input collection contains duplicates');
    return { NS };
  }
  if ('BS' in value) {
    if (value.BS.length === 0) throw invalidParameter('Binary sets should not be empty');
    const keys = setKeys(value);
    if (new Set(keys).size !== keys.length)
      // The missing space is AWS's.
      throw invalidParameter(`Input collection [${keys.join(', ')}]of type BS contains duplicates.`);
    return value;
  }
  throw empty();
}

const utf8 = (text: string) => Buffer.byteLength(text);

export function itemSize(item: Item): number {
  let size = 0;
  for (const name in item) {
    const value = item[name];
    if (value) size += utf8(name) + valueSize(value);
  }
  return size;
}

function valueSize(value: Value): number {
  if ('S' in value) return utf8(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return value.B.length;
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('SS' in value) return value.SS.reduce((size, text) => size + utf8(text), 0);
  if ('NS' in value) return value.NS.reduce((size, text) => size + numberSize(text), 0);
  if ('BS' in value) return value.BS.reduce((size, bytes) => size + bytes.length, 0);
  if ('L' in value) return value.L.reduce((size, item) => size + 1 + valueSize(item), 3);
  let size = 3;
  for (const name in value.M) {
    const inner = value.M[name];
    if (inner) size += 1 + utf8(name) + valueSize(inner);
  }
  return size;
}
