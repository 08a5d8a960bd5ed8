/**
 * The JSON body of AWS JSON 1.0/1.1 and REST-JSON, both directions. A reader and a writer are made of each shape when
 * it is first used; every further value only runs them.
 */
import { reasonOf } from '../../core/events.ts';
import { isObject } from '../../core/is-object.ts';
import { define } from './define.ts';
import { oncePer } from './once.ts';
import { readTimestamp, WireInputError } from './scalar.ts';
import type { Member, Shape } from './shape.ts';

type Convert = (value: unknown) => unknown;
type NameOf = (member: Member) => string;
/** The reader or writer of a member; looked for at its first call, because shapes refer to themselves. */
type OfMember = (member: Member) => Convert;
type Compile = (shape: Shape, nameOf: NameOf, ofMember: OfMember) => Convert;

function compiled(compile: Compile, nameOf: NameOf): (shape: Shape) => Convert {
  const ofMember: OfMember = (member) => {
    let convert: Convert | undefined;
    return (value) => {
      convert ??= ofShape(member.shape);
      return convert(value);
    };
  };
  const ofShape: (shape: Shape) => Convert = oncePer((shape) => compile(shape, nameOf, ofMember));
  return ofShape;
}

/** REST-JSON has names of its own for some members; AWS JSON has not. */
const jsonName: NameOf = ({ name, traits }) => traits.jsonName ?? name;
const memberName: NameOf = ({ name }) => name;
const restReader = compiled(compileReader, jsonName);
const awsReader = compiled(compileReader, memberName);
const restWriter = compiled(compileWriter, jsonName);
const awsWriter = compiled(compileWriter, memberName);

/**
 * @param path of the value in the request, for messages
 * @param names whether `jsonName` applies (REST-JSON) or not (AWS JSON)
 */
export const readJson = (shape: Shape, value: unknown, path: string, names: boolean): unknown =>
  readAt(path, (names ? restReader : awsReader)(shape), value);

export const writeJson = (shape: Shape, value: unknown, names: boolean): unknown =>
  value === undefined || value === null ? undefined : (names ? restWriter : awsWriter)(shape)(value);

/** The place of a value is only put together when something is wrong with it. */
function readAt(place: string | number, read: Convert, value: unknown): unknown {
  try {
    return read(value);
  } catch (error) {
    if (!(error instanceof WireInputError)) throw error;
    throw error.under(typeof place === 'number' ? `[${place}]` : place);
  }
}

function compileReader(shape: Shape, nameOf: NameOf, ofMember: OfMember): Convert {
  switch (shape.kind) {
    case 'string':
      return readString;
    case 'number':
    case 'big-number':
      return readNumber;
    case 'boolean':
      return readBoolean;
    case 'timestamp': {
      const { format } = shape;
      return (value) => {
        if (typeof value === 'number')
          return readTimestamp(value, format === 'default' ? 'epoch-seconds' : format, '');
        if (typeof value === 'string')
          return readTimestamp(value, format === 'default' ? 'date-time' : format, '');
        throw wrong('a timestamp', value);
      };
    }
    case 'blob':
      return readBlob;
    case 'document':
      return (value) => value;
    case 'unit':
      return () => undefined;
    case 'list': {
      const item = ofMember(shape.item);
      return (value) => {
        if (!Array.isArray(value)) throw wrong('a list', value);
        return value.map((one, i) => readAt(i, item, one));
      };
    }
    case 'map': {
      const item = ofMember(shape.value);
      return (value) => {
        if (!isObject(value)) throw wrong('an object', value);
        const out: Record<string, unknown> = {};
        for (const key of Object.keys(value))
          if (value[key] !== null) define(out, key, readAt(key, item, value[key]));
        return out;
      };
    }
    case 'structure':
    case 'union': {
      const members = new Map(
        shape.members.map((member) => [nameOf(member), { name: member.name, read: ofMember(member) }]),
      );
      // DynamoDB says itself what is wrong with a value that has no type, an unknown one, or more than one.
      const ownWords = shape.name === 'AttributeValue';
      return (value) => {
        if (!isObject(value)) throw wrong('an object', value);
        const out: Record<string, unknown> = {};
        let count = 0;
        for (const key of Object.keys(value)) {
          const member = members.get(key);
          if (!member) {
            if (key === '__type') continue;
            if (ownWords) {
              define(out, key, value[key]);
              continue;
            }
            throw new WireInputError(key, `is not a member of ${shape.name}`, 'unknown-member');
          }
          if (value[key] === null) continue;
          out[member.name] = readAt(key, member.read, value[key]);
          count++;
        }
        if (shape.kind === 'union' && !ownWords && count !== 1)
          throw new WireInputError('', `expected exactly one member of ${shape.name}, got ${count}`);
        return out;
      };
    }
  }
}

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
  if (typeof value !== 'string') throw wrong('base64 text', value);
  if (value.length % 4 !== 0)
    throw new WireInputError(
      '',
      `Base64 encoded length is expected a multiple of 4 bytes but found: ${value.length}`,
    );
  // Buffer.from takes anything: it skips what is not base64 and the bits that no byte has room for.
  const padding = value.indexOf('=');
  const end = value.slice(-4);
  const bytes = Buffer.from(value, 'base64');
  if (
    /[^A-Za-z0-9+/=]/.test(value) ||
    (padding >= 0 && padding < value.length - 2) ||
    Buffer.from(end, 'base64').toString('base64') !== end
  )
    throw new WireInputError('', 'expected base64 text, got text with other characters or a wrong end');
  return new Uint8Array(bytes);
}

/** A value has the type of its shape: the SDK's types hold the operations to it. */
function compileWriter(shape: Shape, nameOf: NameOf, ofMember: OfMember): Convert {
  switch (shape.kind) {
    case 'timestamp': {
      const { format } = shape;
      return (value) => {
        const date = value as Date;
        if (format === 'date-time') return date.toISOString();
        return format === 'http-date' ? date.toUTCString() : date.getTime() / 1000;
      };
    }
    case 'blob':
      return (value) => Buffer.from(value as Uint8Array).toString('base64');
    case 'number':
      return (value) => (Number.isFinite(value) ? value : String(value));
    case 'list': {
      const item = ofMember(shape.item);
      return (value) => (value as readonly unknown[]).map((one) => (isThere(one) ? item(one) : null));
    }
    case 'map': {
      const item = ofMember(shape.value);
      return (value) => {
        const out: Record<string, unknown> = {};
        for (const [key, one] of Object.entries(value as object))
          define(out, key, isThere(one) ? item(one) : undefined);
        return out;
      };
    }
    case 'structure':
    case 'union': {
      const members = shape.members.map((member) => ({
        from: member.name,
        to: nameOf(member),
        write: ofMember(member),
      }));
      return (value) => {
        const source = value as Readonly<Record<string, unknown>>;
        const out: Record<string, unknown> = {};
        for (const { from, to, write } of members) {
          const one = source[from];
          if (isThere(one)) out[to] = write(one);
        }
        return out;
      };
    }
    default:
      return (value) => value;
  }
}

const isThere = (value: unknown) => value !== undefined && value !== null;

const wrong = (expected: string, value: unknown) =>
  new WireInputError(
    '',
    `expected ${expected}, got ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value}`,
  );

/**
 * The readers call themselves for every level; DynamoDB, whose values are the deepest, takes 32 levels of two brackets
 * each. Stacks hold some thousands.
 */
const maxDepth = 512;
/**
 * Of one object or list. An item of DynamoDB, of 400 KB, holds the most: a member of it takes two bytes. An object of
 * some hundred thousand names takes seconds to parse and to copy.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html#ItemSizeCalculations
 */
const maxMembers = 204_800;
const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c,
];

/** Members so far of each object or list that is open, by depth. */
const members = new Uint32Array(maxDepth + 1);

function excessOf(body: Buffer): 'too-deep' | 'too-many' | undefined {
  if (body.length <= maxDepth) return undefined;
  let depth = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === quote) {
      // Texts are most of a body: the search for their ends is native.
      let end = body.indexOf(quote, i + 1);
      while (end > 0 && isEscaped(body, end)) end = body.indexOf(quote, end + 1);
      if (end < 0) return undefined;
      i = end;
    } else if (byte === openBrace || byte === openBracket) {
      if (++depth > maxDepth) return 'too-deep';
      members[depth] = 1;
    } else if (byte === closeBrace || byte === closeBracket) depth--;
    else if (byte === comma) {
      const count = (members[depth] ?? 0) + 1;
      if (count > maxMembers) return 'too-many';
      members[depth] = count;
    }
  }
  return undefined;
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(body: Buffer, place: number): boolean {
  let before = place - 1;
  while (body[before] === backslash) before--;
  return (place - before) % 2 === 0;
}

export function parseJson(body: Buffer): unknown {
  const excess = excessOf(body);
  if (excess === 'too-deep')
    throw new WireInputError('', `the body is nested deeper than ${maxDepth} levels`, excess);
  if (excess)
    throw new WireInputError('', `an object or list of the body has more than ${maxMembers} members`, excess);
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new WireInputError('', `the body is not valid JSON: ${reasonOf(error)}`);
  }
}
