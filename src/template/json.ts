/**
 * JSON values, the only data this layer works on, and the few questions asked about them.
 */

/** Levels of objects and lists that a template may have. Every reader of one calls itself for each. */
export const deepest = 200;

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** A value that CloudFormation turns into text where text is wanted. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** How a value is named in a message. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    const only = keys[0];
    return keys.length === 1 && only !== undefined ? `an object with the key ${only}` : 'an object';
  }
  return typeof value === 'string' ? `the string ${JSON.stringify(value)}` : `the ${typeof value} ${value}`;
}

/** The intrinsic call in an object such as `{"Ref": "X"}` or `{"Fn::Join": [...]}`, if it is one. */
export function intrinsicOf(value: Json): { readonly name: string; readonly argument: Json } | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  const name = keys[0];
  if (keys.length !== 1 || name === undefined) return undefined;
  if (name !== 'Ref' && !name.startsWith('Fn::')) return undefined;
  return { name, argument: value[name] ?? null };
}
