/**
 * The JSON body of AWS JSON 1.0/1.1 and REST-JSON, both directions. A reader and a writer are made of each shape when
 * it is first used; every further value only runs them.
 */
import { readTimestamp, WireInputError } from './scalar.ts';
import type { Member, Shape, StructureShape } from './shape.ts';

type Read = (value: unknown) => unknown;
type Write = (value: unknown) => unknown;

/** Whether `jsonName` applies (REST-JSON) or not (AWS JSON). */
type Naming = 'json-names' | 'member-names';

interface Compiled {
  readonly readers: WeakMap<object, Read>;
  readonly writers: WeakMap<object, Write>;
}

const compiled: Readonly<Record<Naming, Compiled>> = {
  'json-names': { readers: new WeakMap(), writers: new WeakMap() },
  'member-names': { readers: new WeakMap(), writers: new WeakMap() },
};

const namingOf = (names: boolean): Naming => (names ? 'json-names' : 'member-names');

/**
 * @param path of the value in the request, for messages
 * @param names whether `jsonName` applies (REST-JSON) or not (AWS JSON)
 */
export function readJson(shape: Shape, value: unknown, path: string, names: boolean): unknown {
  try {
    return reader(shape, namingOf(names))(value);
  } catch (error) {
    throw error instanceof WireInputError ? error.under(path) : error;
  }
}

export const writeJson = (shape: Shape, value: unknown, names: boolean): unknown =>
  value === undefined || value === null ? undefined : writer(shape, namingOf(names))(value);

function reader(shape: Shape, naming: Naming): Read {
  const { readers } = compiled[naming];
  let read = readers.get(shape);
  if (!read) {
    read = compileReader(shape, naming);
    readers.set(shape, read);
  }
  return read;
}

/** Made on first use: shapes refer to themselves. */
function memberReader(member: Member, naming: Naming): Read {
  let read: Read | undefined;
  return (value) => {
    read ??= reader(member.shape, naming);
    return read(value);
  };
}

function compileReader(shape: Shape, naming: Naming): Read {
  switch (shape.kind) {
    case 'string':
      return readString;
    case 'number':
    case 'big-number':
      return readNumber;
    case 'boolean':
      return readBoolean;
    case 'timestamp':
      return (value) => {
        if (typeof value === 'number')
          return readTimestamp(value, shape.format === 'default' ? 'epoch-seconds' : shape.format, '');
        if (typeof value === 'string')
          return readTimestamp(value, shape.format === 'default' ? 'date-time' : shape.format, '');
        throw wrong('a timestamp', value);
      };
    case 'blob':
      return readBlob;
    case 'document':
      return (value) => value;
    case 'unit':
      return () => undefined;
    case 'list': {
      const item = memberReader(shape.item, naming);
      return (value) => {
        if (!Array.isArray(value)) throw wrong('a list', value);
        return value.map((one, i) => {
          try {
            return item(one);
          } catch (error) {
            throw error instanceof WireInputError ? error.under(`[${i}]`) : error;
          }
        });
      };
    }
    case 'map': {
      const item = memberReader(shape.value, naming);
      return (value) => {
        if (!isObject(value)) throw wrong('an object', value);
        const out: Record<string, unknown> = {};
        for (const key of Object.keys(value)) {
          const one = value[key];
          if (one === null) continue;
          try {
            define(out, key, item(one));
          } catch (error) {
            throw error instanceof WireInputError ? error.under(key) : error;
          }
        }
        return out;
      };
    }
    case 'structure':
    case 'union':
      return structureReader(shape, naming);
  }
}

function structureReader(shape: StructureShape, naming: Naming): Read {
  const members = new Map(
    shape.members.map((member) => [
      nameOf(member, naming),
      { name: member.name, read: memberReader(member, naming) },
    ]),
  );
  const union = shape.kind === 'union';
  return (value) => {
    if (!isObject(value)) throw wrong('an object', value);
    const out: Record<string, unknown> = {};
    let count = 0;
    for (const key of Object.keys(value)) {
      const one = value[key];
      const member = members.get(key);
      if (!member) {
        if (key === '__type') continue;
        throw new WireInputError(key, `is not a member of ${shape.name}`, true);
      }
      if (one === null) continue;
      try {
        out[member.name] = member.read(one);
      } catch (error) {
        throw error instanceof WireInputError ? error.under(key) : error;
      }
      count++;
    }
    if (union && count !== 1)
      throw new WireInputError('', `expected exactly one member of ${shape.name}, got ${count}`);
    return out;
  };
}

const nameOf = (member: Member, naming: Naming): string =>
  (naming === 'json-names' ? member.traits.jsonName : undefined) ?? member.name;

function readString(value: unknown): unknown {
  if (typeof value === 'string') return value;
  // Members with mediaType application/json arrive as text already; AWS coerces numbers and booleans.
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrong('a string', value);
}

function readNumber(value: unknown): unknown {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '') {
    if (value === 'NaN') return Number.NaN;
    const number = Number(value);
    if (!Number.isNaN(number)) return number;
  }
  throw wrong('a number', value);
}

function readBoolean(value: unknown): unknown {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrong('true or false', value);
}

function readBlob(value: unknown): unknown {
  if (typeof value === 'string') return new Uint8Array(Buffer.from(value, 'base64'));
  throw wrong('base64 text', value);
}

function writer(shape: Shape, naming: Naming): Write {
  const { writers } = compiled[naming];
  let write = writers.get(shape);
  if (!write) {
    write = compileWriter(shape, naming);
    writers.set(shape, write);
  }
  return write;
}

function memberWriter(member: Member, naming: Naming): Write {
  let write: Write | undefined;
  return (value) => {
    write ??= writer(member.shape, naming);
    return write(value);
  };
}

/** A value has its shape's type: the output of an operation is typed by the SDK. */
function compileWriter(shape: Shape, naming: Naming): Write {
  switch (shape.kind) {
    case 'timestamp': {
      const { format } = shape;
      return (value) => {
        const date = value as Date;
        if (format === 'date-time') return date.toISOString();
        if (format === 'http-date') return date.toUTCString();
        return date.getTime() / 1000;
      };
    }
    case 'blob':
      return (value) => {
        const bytes = value as Uint8Array;
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      };
    case 'number':
      return (value) => (Number.isFinite(value) ? value : String(value));
    case 'list': {
      const item = memberWriter(shape.item, naming);
      return (value) =>
        (value as readonly unknown[]).map((one) => (one === undefined || one === null ? null : item(one)));
    }
    case 'map': {
      const item = memberWriter(shape.value, naming);
      return (value) => {
        const out: Record<string, unknown> = {};
        for (const [key, one] of Object.entries(value as object))
          define(out, key, one === undefined || one === null ? undefined : item(one));
        return out;
      };
    }
    case 'structure':
    case 'union': {
      const members = shape.members.map((member) => ({
        from: member.name,
        to: nameOf(member, naming),
        write: memberWriter(member, naming),
      }));
      return (value) => {
        const source = value as Readonly<Record<string, unknown>>;
        const out: Record<string, unknown> = {};
        for (const { from, to, write } of members) {
          const one = source[from];
          if (one !== undefined && one !== null) out[to] = write(one);
        }
        return out;
      };
    }
    default:
      return (value) => value;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A key such as __proto__ must become an own property, not change the object's prototype. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
  else target[key] = value;
}

const wrong = (expected: string, value: unknown) =>
  new WireInputError(
    '',
    `expected ${expected}, got ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value}`,
  );
