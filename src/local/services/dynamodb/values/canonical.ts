/** Tells values apart that DynamoDB tells apart: the order of attributes and of a set's members says nothing. */
import { isObject } from '../../../../core/is-object.ts';

/** Given to JSON.stringify. */
export function canonical(key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) {
    if (key === 'SS' || key === 'NS') return value.toSorted();
    return key === 'BS' ? value.map((one) => canonical('', one)).toSorted() : value;
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
