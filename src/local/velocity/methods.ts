/**
 * The methods of Java's String, List, Map and Number that templates call.
 * https://docs.oracle.com/javase/8/docs/api/java/lang/String.html, …/java/util/List.html, …/java/util/Map.html
 */
import { compileJavaPattern } from '../../core/java-pattern.ts';
import { isHost, isMap, toText, type Value } from './values.ts';

type Args = readonly Value[];
type Methods<T> = Readonly<Record<string, (self: T, args: Args) => Value>>;

const text = (args: Args, i = 0) => toText(args[i]);
const number = (args: Args, i = 0) => Number(args[i] ?? 0);
/** As Java's: a place outside of the text is an error, which has no value in a template. */
const within = (at: number, length: number) => Number.isInteger(at) && at >= 0 && at <= length;

/** Longest text, in UTF-16 units, that a template may make; API Gateway's payloads end at 10 MB. */
export const longestText = 10 * 1024 * 1024;

function pattern(source: string) {
  const compiled = compileJavaPattern(source);
  return compiled.ok ? compiled : undefined;
}

const strings: Methods<string> = {
  length: (s) => s.length,
  isEmpty: (s) => s.length === 0,
  isBlank: (s) => s.trim() === '',
  toString: (s: string) => s,
  trim: (s) => s.trim(),
  strip: (s) => s.trim(),
  toLowerCase: (s) => s.toLowerCase(),
  toUpperCase: (s) => s.toUpperCase(),
  concat: (s, args) => s + text(args),
  charAt: (s, args) => s[number(args)],
  substring(s, args) {
    const [from, to] = [number(args), args.length > 1 ? number(args, 1) : s.length];
    return within(from, s.length) && within(to, s.length) && from <= to ? s.slice(from, to) : undefined;
  },
  indexOf: (s, args) => s.indexOf(text(args), args.length > 1 ? number(args, 1) : 0),
  lastIndexOf: (s, args) => s.lastIndexOf(text(args)),
  contains: (s, args) => s.includes(text(args)),
  startsWith: (s, args) => s.startsWith(text(args)),
  endsWith: (s, args) => s.endsWith(text(args)),
  equals: (s, args) => s === args[0],
  equalsIgnoreCase: (s, args) => s.toLowerCase() === text(args).toLowerCase(),
  compareTo: (s, args) => (s < text(args) ? -1 : s > text(args) ? 1 : 0),
  matches: (s, args) => pattern(text(args))?.matches(s) === 'yes',
  replace: (s, args) => bounded(s.split(text(args)), text(args, 1)),
  replaceAll: (s, args) => pattern(text(args))?.replace(s, text(args, 1), 'all'),
  replaceFirst: (s, args) => pattern(text(args))?.replace(s, text(args, 1), 'first'),
  split: (s, args) => pattern(text(args))?.split(s),
};

/** Joins parts, unless the whole would be too long. */
function bounded(parts: readonly string[], by: string): string | undefined {
  const length = parts.reduce((all, part) => all + part.length, 0) + by.length * (parts.length - 1);
  return length > longestText ? undefined : parts.join(by);
}

const same = (a: Value, b: Value) =>
  a === b || (a !== undefined && b !== undefined && toText(a) === toText(b));

const lists: Methods<Value[]> = {
  size: (list) => list.length,
  isEmpty: (list) => list.length === 0,
  get: (list, args) => list[number(args)],
  contains: (list, args) => list.some((one) => same(one, args[0])),
  indexOf: (list, args) => list.findIndex((one) => same(one, args[0])),
  add(list, args) {
    if (args.length > 1) list.splice(number(args), 0, args[1]);
    else list.push(args[0]);
    return true;
  },
  addAll(list, args) {
    const [more] = args;
    if (Array.isArray(more)) for (const one of more as Value[]) list.push(one);
    return Array.isArray(more) && more.length > 0;
  },
  set(list, args) {
    const at = number(args);
    const before = list[at];
    if (within(at, list.length - 1)) list[at] = args[1];
    return before;
  },
  remove(list, args) {
    if (typeof args[0] === 'number') return list.splice(args[0], 1)[0];
    const at = list.findIndex((one) => same(one, args[0]));
    if (at >= 0) list.splice(at, 1);
    return at >= 0;
  },
  subList: (list, args) => list.slice(number(args), number(args, 1)),
  clear(list) {
    list.length = 0;
    return undefined;
  },
  toString: (list: Value[]) => toText(list),
};

const maps: Methods<Map<string, Value>> = {
  size: (map) => map.size,
  isEmpty: (map) => map.size === 0,
  get: (map, args) => map.get(text(args)),
  getOrDefault: (map, args) => map.get(text(args)) ?? args[1],
  put(map, args) {
    const before = map.get(text(args));
    map.set(text(args), args[1]);
    // Java answers null for a key that is new; Velocity prints nothing for $!map.put().
    return before ?? null;
  },
  putAll(map, args) {
    const [more] = args;
    if (isMap(more)) for (const [key, value] of more) map.set(key, value);
    return undefined;
  },
  remove(map, args) {
    const before = map.get(text(args));
    map.delete(text(args));
    return before;
  },
  containsKey: (map, args) => map.has(text(args)),
  containsValue: (map, args) => [...map.values()].some((one) => same(one, args[0])),
  keySet: (map) => [...map.keys()],
  values: (map) => [...map.values()],
  entrySet: (map) =>
    [...map].map(
      ([key, value]) =>
        new Map<string, Value>([
          ['key', key],
          ['value', value],
        ]),
    ),
  // Of an entry.
  getKey: (map) => map.get('key'),
  getValue: (map) => map.get('value'),
  clear(map) {
    map.clear();
    return undefined;
  },
  toString: (map: Map<string, Value>) => toText(map),
};

const numbers: Methods<number> = {
  intValue: (n) => Math.trunc(n),
  longValue: (n) => Math.trunc(n),
  doubleValue: (n) => n,
  toString: (n: number) => String(n),
  equals: (n, args) => n === args[0],
  compareTo: (n, args) => Math.sign(n - number(args)),
  // Integer.parseInt and its like, by way of an integer: `#set($i = 0)$i.parseInt("3")`.
  parseInt: (_, args) => parsed(text(args), /^[+-]?\d+$/),
  parseLong: (_, args) => parsed(text(args), /^[+-]?\d+$/),
  parseDouble: (_, args) => parsed(text(args), /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/),
  valueOf: (_: number, args: Args) => parsed(text(args), /^[+-]?\d+$/),
};

const parsed = (source: string, form: RegExp) => (form.test(source) ? Number(source) : undefined);

const booleans: Methods<boolean> = {
  toString: (b: boolean) => String(b),
  equals: (b, args) => b === args[0],
  booleanValue: (b) => b,
};

/** Of the objects that API Gateway gives a template. */
const hosts = [
  ...['json', 'path', 'params', 'get', 'keySet', 'containsKey', 'entrySet', 'values', 'size', 'isEmpty'],
  ...['escapeJavaScript', 'parseJson', 'urlEncode', 'urlDecode', 'base64Encode', 'base64Decode'],
];

const known = new Set(
  [strings, lists, maps, numbers, booleans].flatMap((one) => Object.keys(one)).concat(hosts),
);
export const isKnownMethod = (name: string): boolean => known.has(name);

const own = <T>(methods: Methods<T>, name: string) =>
  Object.hasOwn(methods, name) ? methods[name] : undefined;

/** @returns undefined as well where the value has no such method: the reference then has no value */
export function callMethod(self: Value, name: string, args: Args): Value {
  if (isHost(self)) return self.call(name, args);
  if (typeof self === 'string') return own(strings, name)?.(self, args);
  if (typeof self === 'number') return own(numbers, name)?.(self, args);
  if (typeof self === 'boolean') return own(booleans, name)?.(self, args);
  if (Array.isArray(self)) return own(lists, name)?.(self as Value[], args);
  return isMap(self) ? own(maps, name)?.(self, args) : undefined;
}
