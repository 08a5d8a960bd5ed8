/** Equality and order of attribute values, as expressions see them. */
import { compareNumbers } from './number.ts';
import { contentOf, typeOf, type Value } from './types.ts';

const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b);

/** By UTF-8 bytes, which is the order of code points and not of UTF-16 units. */
function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    const highX = x >= 0xd800 && x <= 0xdfff;
    const highY = y >= 0xd800 && y <= 0xdfff;
    if (highX !== highY) return highX ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

/** @returns undefined when the two cannot be ordered: different types, or types without an order */
export function compareValues(a: Value, b: Value): number | undefined {
  if ('S' in a) return 'S' in b ? compareStrings(a.S, b.S) : undefined;
  if ('N' in a) return 'N' in b ? compareNumbers(a.N, b.N) : undefined;
  if ('B' in a) return 'B' in b ? compareBytes(a.B, b.B) : undefined;
  return undefined;
}

export function equalValues(a: Value, b: Value): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  switch (type) {
    case 'S':
    case 'BOOL':
    case 'NULL':
      return contentOf(a) === contentOf(b);
    case 'N':
    case 'B':
      return compareValues(a, b) === 0;
    case 'SS':
    case 'NS':
    case 'BS': {
      const left = setKeys(a);
      const right = new Set(setKeys(b));
      return left.length === right.size && left.every((key) => right.has(key));
    }
    case 'L': {
      const left = contentOf(a) as Value[];
      const right = contentOf(b) as Value[];
      return (
        left.length === right.length &&
        left.every((value, i) => {
          const other = right[i];
          return other !== undefined && equalValues(value, other);
        })
      );
    }
    case 'M': {
      const left = Object.entries(contentOf(a) as Record<string, Value>);
      const right = contentOf(b) as Record<string, Value>;
      return (
        left.length === Object.keys(right).length &&
        left.every(([name, value]) => {
          const other = Object.hasOwn(right, name) ? right[name] : undefined;
          return other !== undefined && equalValues(value, other);
        })
      );
    }
  }
}

/** Text that is equal exactly when the members are; numbers are kept normalised. */
export function setKeys(value: Value): string[] {
  if ('SS' in value) return [...value.SS];
  if ('NS' in value) return [...value.NS];
  if ('BS' in value) return value.BS.map((bytes) => Buffer.from(bytes).toString('base64'));
  return [];
}
