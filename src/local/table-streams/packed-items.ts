/**
 * Items as the store holds them. It cannot tell an attribute named __proto__ from an object's prototype: items with such
 * a name, at any depth, lie there packed into lists, under the empty name, which no attribute has.
 */
import { isObject } from '../../core/is-object.ts';

/** Attribute values by name, as the API has them. */
export type Attributes = Readonly<Record<string, unknown>>;

export const packed = <T extends Attributes>(item: T): T =>
  hasPrototypeName(item) ? ({ '': pack(item) } as unknown as T) : item;

export const unpacked = <T extends Attributes>(record: T): T =>
  '' in record && Array.isArray(record['']) ? (unpack(record['']) as T) : record;

function hasPrototypeName(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasPrototypeName);
  if (!isObject(value) || value instanceof Uint8Array) return false;
  for (const name in value) if (name === '__proto__' || hasPrototypeName(value[name])) return true;
  return false;
}

function pack(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(pack)];
  if (!isObject(value) || value instanceof Uint8Array) return value;
  return ['map', ...Object.entries(value).map(([name, one]) => [name, pack(one)])];
}

function unpack(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [kind, ...parts] = value as [string, ...unknown[]];
  if (kind === 'list') return parts.map(unpack);
  const out: Record<string, unknown> = {};
  for (const [name, one] of parts as [string, unknown][])
    Object.defineProperty(out, name, {
      value: unpack(one),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return out;
}
