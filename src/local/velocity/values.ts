/** Values of a template, and how Java writes them. */

/** What a template may hold. Objects are maps, so that no name is one of JavaScript's own. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | HostObject;

/** An object of whoever renders: `$input`, `$util`, `$context`. */
export interface HostObject {
  readonly host: true;
  property(name: string): Value;
  call(name: string, args: readonly Value[]): Value;
  /** Takes #set of one of its properties. */
  set?(path: readonly string[], value: Value): void;
}

export const isHost = (value: Value): value is HostObject =>
  typeof value === 'object' && value !== null && 'host' in value;

export const isMap = (value: Value): value is Map<string, Value> => value instanceof Map;

/** A list that was read from JSON is written as JSON, one that the template made as Java writes a list. */
export class JsonList extends Array<Value> {
  static override get [Symbol.species]() {
    return Array;
  }
}

export function fromJson(json: unknown): Value {
  if (Array.isArray(json)) {
    const list = new JsonList();
    for (const item of json) list.push(fromJson(item));
    return list;
  }
  if (typeof json === 'object' && json !== null)
    return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]));
  return json as Value;
}

export function toJson(value: Value): unknown {
  if (Array.isArray(value)) return value.map((item) => toJson(item as Value) ?? null);
  if (!isMap(value)) return isHost(value) ? null : value;
  const out: Record<string, unknown> = Object.create(null);
  for (const [key, item] of value) out[key] = toJson(item) ?? null;
  return out;
}

export function toText(value: Value): string {
  if (value instanceof JsonList) return JSON.stringify(toJson(value));
  if (Array.isArray(value)) return `[${value.map((item) => toText(item as Value)).join(', ')}]`;
  if (isMap(value)) return `{${[...value].map(([key, item]) => `${key}=${toText(item)}`).join(', ')}}`;
  return isHost(value) ? '' : String(value ?? null);
}

export const isTrue = (value: Value): boolean => value !== undefined && value !== null && value !== false;
