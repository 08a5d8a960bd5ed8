/**
 * Items in the store. It cannot tell an attribute named __proto__ from an object's prototype: items with such a name,
 * at any depth, lie there packed into lists, under the empty name, which no attribute has.
 */
import { isObject } from '../../../../core/is-object.ts';
import type { Collection, Store } from '../../../store/store.ts';
import { define, type Item, type Value } from '../values/types.ts';

export function storedItems(store: Store): Collection<Item> {
  const records = store.collection<Item>('dynamodb.items');
  return {
    ...records,
    get(key) {
      const record = records.get(key);
      return record && unpacked(record);
    },
    put: (key, item) => records.put(key, hasPrototypeName(item) ? ({ '': pack(item) } as never) : item),
    *entries(range) {
      for (const [key, record] of records.entries(range)) yield [key, unpacked(record)] as const;
    },
    *values(range) {
      for (const record of records.values(range)) yield unpacked(record);
    },
  };
}

function hasPrototypeName(item: Item): boolean {
  for (const name in item) {
    if (name === '__proto__') return true;
    const value = item[name];
    if (value && hasInside(value)) return true;
  }
  return false;
}

const hasInside = (value: Value): boolean =>
  'M' in value ? hasPrototypeName(value.M) : 'L' in value && value.L.some(hasInside);

function pack(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(pack)];
  if (!isObject(value) || value instanceof Uint8Array) return value;
  return ['map', ...Object.entries(value).map(([name, one]) => [name, pack(one)])];
}

const unpacked = (record: Item): Item =>
  '' in record && Array.isArray(record['']) ? (unpack(record['']) as Item) : record;

function unpack(packed: unknown): unknown {
  if (!Array.isArray(packed)) return packed;
  const [kind, ...parts] = packed;
  if (kind === 'list') return parts.map(unpack);
  const out: Record<string, Value> = {};
  for (const [name, one] of parts) define(out, name, unpack(one) as Value);
  return out;
}
