/** Attribute values as the wire has them: an object with exactly one member, its type. */

export type Value =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: Uint8Array }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly Uint8Array[] }
  | { readonly L: readonly Value[] }
  | { readonly M: Item };

export type Item = Readonly<Record<string, Value>>;

export type ValueType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** A key attribute's type. */
export type ScalarType = 'S' | 'N' | 'B';

export function typeOf(value: Value): ValueType {
  for (const type in value) return type as ValueType;
  throw new Error('an attribute value without a type');
}

/** What is inside, without its type. */
export const contentOf = (value: Value): unknown => (value as Record<string, unknown>)[typeOf(value)];

/** Sets an own property whatever its name. */
export function define(target: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

export const attribute = (item: Item, name: string): Value | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;
