/** The JSON body of AWS JSON 1.0/1.1 and REST-JSON, both directions. */
import { readTimestamp, WireInputError } from './scalar.ts';
import type { Member, Shape } from './shape.ts';

/** @param names whether `jsonName` applies (REST-JSON) or not (AWS JSON) */
export function readJson(shape: Shape, value: unknown, path: string, names: boolean): unknown {
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') return value;
      // Members with mediaType application/json arrive as text already; AWS coerces numbers and booleans.
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      throw wrong(path, 'a string', value);
    case 'number':
    case 'big-number':
      if (typeof value === 'number') return value;
      if (typeof value === 'string' && value.trim() !== '') {
        if (value === 'NaN') return Number.NaN;
        const number = Number(value);
        if (!Number.isNaN(number)) return number;
      }
      throw wrong(path, 'a number', value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw wrong(path, 'true or false', value);
    case 'timestamp':
      if (typeof value === 'number' || typeof value === 'string')
        return readTimestamp(
          value,
          shape.format === 'default'
            ? typeof value === 'number'
              ? 'epoch-seconds'
              : 'date-time'
            : shape.format,
          path,
        );
      throw wrong(path, 'a timestamp', value);
    case 'blob':
      if (typeof value === 'string') return new Uint8Array(Buffer.from(value, 'base64'));
      throw wrong(path, 'base64 text', value);
    case 'document':
      return value;
    case 'unit':
      return undefined;
    case 'list':
      if (!Array.isArray(value)) throw wrong(path, 'a list', value);
      return value.map((item, i) => readJson(shape.item.shape, item, `${path}[${i}]`, names));
    case 'map': {
      if (!isObject(value)) throw wrong(path, 'an object', value);
      const out: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        if (item === null) continue;
        define(out, key, readJson(shape.value.shape, item, path ? `${path}.${key}` : key, names));
      }
      return out;
    }
    case 'structure':
    case 'union': {
      if (!isObject(value)) throw wrong(path, 'an object', value);
      const out: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        const member = names ? byJsonName(shape.members, key) : shape.byName.get(key);
        const at = path ? `${path}.${key}` : key;
        if (!member) {
          if (key === '__type') continue;
          throw new WireInputError(at, `is not a member of ${shape.name}`, true);
        }
        if (item === null) continue;
        out[member.name] = readJson(member.shape, item, at, names);
      }
      if (shape.kind === 'union' && Object.keys(out).length !== 1)
        throw new WireInputError(
          path,
          `expected exactly one member of ${shape.name}, got ${Object.keys(out).length}`,
        );
      return out;
    }
  }
}

export function writeJson(shape: Shape, value: unknown, names: boolean): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.kind) {
    case 'timestamp': {
      const date = value as Date;
      if (shape.format === 'date-time') return date.toISOString();
      if (shape.format === 'http-date') return date.toUTCString();
      return date.getTime() / 1000;
    }
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    case 'number': {
      const number = value as number;
      return Number.isFinite(number) ? number : String(number);
    }
    case 'list':
      return (value as unknown[]).map((item) => writeJson(shape.item.shape, item, names) ?? null);
    case 'map': {
      const out: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value as object))
        define(out, key, writeJson(shape.value.shape, item, names));
      return out;
    }
    case 'structure':
    case 'union': {
      const out: Record<string, unknown> = {};
      const source = value as Record<string, unknown>;
      for (const member of shape.members) {
        const item = source[member.name];
        if (item !== undefined && item !== null)
          out[(names ? member.traits.jsonName : undefined) ?? member.name] = writeJson(
            member.shape,
            item,
            names,
          );
      }
      return out;
    }
    default:
      return value;
  }
}

const byJsonName = (members: readonly Member[], key: string) =>
  members.find((member) => (member.traits.jsonName ?? member.name) === key);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key such as __proto__ must become an own property, not change the object's prototype. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
  else target[key] = value;
}

const wrong = (path: string, expected: string, value: unknown) =>
  new WireInputError(
    path,
    `expected ${expected}, got ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value}`,
  );
