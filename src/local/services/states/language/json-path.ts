/**
 * JSONPath as the states language reads it: `$` is the state's input, `$$` the context object, `$name` a variable.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 *
 * A path that can name one node at most (a reference path) answers that node; every other answers a list, also an
 * empty one. jsonpath-plus and nimma were weighed: neither tells the two apart, both are made for other roots.
 */
import { isJsonObject, type Json, sameJson } from './json.ts';

type Compare = (a: Json | undefined, b: Json | undefined) => boolean;
type Test = (node: Json, root: Json) => boolean;

type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indices'; readonly indices: readonly number[] }
  | {
      readonly kind: 'slice';
      readonly from: number | undefined;
      readonly to: number | undefined;
      readonly step: number;
    }
  | { readonly kind: 'every' }
  | { readonly kind: 'descend' }
  | { readonly kind: 'filter'; readonly test: Test }
  | { readonly kind: 'function'; readonly name: string };

export interface JsonPath {
  readonly text: string;
  readonly root: 'input' | 'context' | { readonly variable: string };
  readonly segments: readonly Segment[];
  /** Names one node at most, by names and indices alone. */
  readonly reference: boolean;
}

export interface PathScope {
  readonly input: Json;
  readonly context: Json;
  variable(name: string): Json | undefined;
}

export class PathSyntaxError extends Error {}

const name = /[^\s.[\]()'"$@?,!=<>&|]+/y;
const variableName = /[\p{L}_][\p{L}\p{N}_]*/uy;
const functions: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  length: (value) => (Array.isArray(value) || typeof value === 'string' ? value.length : undefined),
  min: (value) => Math.min(...numbers(value)),
  max: (value) => Math.max(...numbers(value)),
  sum: (value) => numbers(value).reduce((all, one) => all + one, 0),
  avg: (value) => numbers(value).reduce((all, one) => all + one, 0) / numbers(value).length,
};

const numbers = (value: Json): number[] =>
  Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];

class Reader {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }
  get done() {
    return this.at >= this.text.length;
  }
  fail(): never {
    throw new PathSyntaxError(`Invalid path '${this.text}'`);
  }
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }
  expect(token: string) {
    this.space();
    if (!this.take(token)) this.fail();
  }
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
  space() {
    while (this.text[this.at] === ' ') this.at++;
  }
}

const known = new Map<string, JsonPath | PathSyntaxError>();
const mostKnown = 5000;

/** @throws PathSyntaxError */
export function parsePath(text: string): JsonPath {
  let found = known.get(text);
  if (!found) {
    if (known.size >= mostKnown) known.clear();
    try {
      found = readPath(text);
    } catch (error) {
      if (!(error instanceof PathSyntaxError)) throw error;
      found = error;
    }
    known.set(text, found);
  }
  if (found instanceof PathSyntaxError) throw found;
  return found;
}

export function isPath(text: string): boolean {
  try {
    parsePath(text);
    return true;
  } catch (error) {
    if (error instanceof PathSyntaxError) return false;
    throw error;
  }
}

function readPath(text: string): JsonPath {
  const reader = new Reader(text);
  if (!reader.take('$')) reader.fail();
  let root: JsonPath['root'] = 'input';
  if (reader.take('$')) root = 'context';
  else {
    const variable = reader.match(variableName);
    if (variable !== undefined) root = { variable };
  }
  const segments = readSegments(reader);
  if (!reader.done) reader.fail();
  return { text, root, segments, reference: segments.every(isReference) };
}

const isReference = ({ kind }: Segment) => kind === 'name' || kind === 'index';

function readSegments(reader: Reader): Segment[] {
  const segments: Segment[] = [];
  for (;;) {
    if (reader.take('..')) {
      segments.push({ kind: 'descend' });
      if (reader.take('*')) segments.push({ kind: 'every' });
      else if (reader.text[reader.at] !== '[') segments.push({ kind: 'name', name: readName(reader) });
    } else if (reader.take('.')) {
      if (reader.take('*')) segments.push({ kind: 'every' });
      else if (reader.text[reader.at] !== '[') {
        const found = readName(reader);
        if (reader.take('()')) {
          if (!Object.hasOwn(functions, found)) reader.fail();
          segments.push({ kind: 'function', name: found });
        } else segments.push({ kind: 'name', name: found });
      }
    } else if (reader.take('[')) segments.push(readBracket(reader));
    else return segments;
  }
}

const readName = (reader: Reader): string => reader.match(name) ?? reader.fail();

function readQuoted(reader: Reader): string | undefined {
  const quote = reader.text[reader.at];
  if (quote !== "'" && quote !== '"') return undefined;
  reader.at++;
  let out = '';
  for (;;) {
    if (reader.done) reader.fail();
    const char = reader.text[reader.at++] ?? '';
    if (char === quote) return out;
    out += char === '\\' ? (reader.text[reader.at++] ?? '') : char;
  }
}

const integer = /-?\d+/y;
const readInteger = (reader: Reader): number | undefined => {
  const found = reader.match(integer);
  return found === undefined ? undefined : Number(found);
};

function readBracket(reader: Reader): Segment {
  reader.space();
  if (reader.take('*')) {
    reader.expect(']');
    return { kind: 'every' };
  }
  if (reader.take('?')) {
    reader.expect('(');
    const test = readEither(reader);
    reader.expect(')');
    reader.expect(']');
    return { kind: 'filter', test };
  }
  const quoted = readQuoted(reader);
  if (quoted !== undefined) {
    const names = [quoted];
    for (reader.space(); reader.take(','); reader.space()) {
      reader.space();
      names.push(readQuoted(reader) ?? reader.fail());
    }
    reader.expect(']');
    return names.length === 1 ? { kind: 'name', name: quoted } : { kind: 'names', names };
  }
  const first = readInteger(reader);
  reader.space();
  if (reader.take(':')) {
    reader.space();
    const to = readInteger(reader);
    reader.space();
    const step = reader.take(':') ? (readInteger(reader) ?? 1) : 1;
    reader.expect(']');
    return { kind: 'slice', from: first, to, step };
  }
  if (first === undefined) reader.fail();
  const indices = [first];
  for (; reader.take(','); reader.space()) {
    reader.space();
    indices.push(readInteger(reader) ?? reader.fail());
  }
  reader.expect(']');
  return indices.length === 1 ? { kind: 'index', index: first } : { kind: 'indices', indices };
}

function readEither(reader: Reader): Test {
  let left = readBoth(reader);
  for (reader.space(); reader.take('||'); reader.space()) {
    const [one, other] = [left, readBoth(reader)];
    left = (node, root) => one(node, root) || other(node, root);
  }
  return left;
}

function readBoth(reader: Reader): Test {
  let left = readTest(reader);
  for (reader.space(); reader.take('&&'); reader.space()) {
    const [one, other] = [left, readTest(reader)];
    left = (node, root) => one(node, root) && other(node, root);
  }
  return left;
}

const ordered =
  (holds: (order: number) => boolean): Compare =>
  (a, b) =>
    (typeof a === 'number' && typeof b === 'number') || (typeof a === 'string' && typeof b === 'string')
      ? holds(a < b ? -1 : a > b ? 1 : 0)
      : false;

const equal: Compare = (a, b) => (a === undefined || b === undefined ? a === b : sameJson(a, b));

const comparisons: readonly (readonly [string, Compare])[] = [
  ['==', equal],
  ['!=', (a, b) => !equal(a, b)],
  ['<=', ordered((order) => order <= 0)],
  ['>=', ordered((order) => order >= 0)],
  ['<', ordered((order) => order < 0)],
  ['>', ordered((order) => order > 0)],
  ['in', (a, b) => Array.isArray(b) && b.some((one) => equal(a, one))],
  ['nin', (a, b) => Array.isArray(b) && !b.some((one) => equal(a, one))],
];

function readTest(reader: Reader): Test {
  reader.space();
  if (reader.text[reader.at] === '!' && reader.text[reader.at + 1] !== '=') {
    reader.at++;
    const inner = readTest(reader);
    return (node, root) => !inner(node, root);
  }
  if (reader.take('(')) {
    const inner = readEither(reader);
    reader.expect(')');
    return inner;
  }
  const left = readOperand(reader);
  reader.space();
  const found = comparisons.find(([token]) => reader.take(token));
  if (!found) return (node, root) => left(node, root) !== undefined;
  const right = readOperand(reader);
  const [, compare] = found;
  return (node, root) => compare(left(node, root), right(node, root));
}

type Operand = (node: Json, root: Json) => Json | undefined;
const literal = /(?:true|false|null)(?![\w])|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readOperand(reader: Reader): Operand {
  reader.space();
  const own = reader.take('@');
  if (own || reader.take('$')) {
    const segments = readSegments(reader);
    const reference = segments.every(isReference);
    return (node, root) => {
      const nodes = walk(own ? node : root, segments, root);
      return reference ? nodes[0] : nodes.length === 1 ? nodes[0] : nodes.length === 0 ? undefined : nodes;
    };
  }
  const text = readQuoted(reader);
  if (text !== undefined) return () => text;
  if (reader.take('[')) {
    const items: Operand[] = [];
    reader.space();
    while (!reader.take(']')) {
      items.push(readOperand(reader));
      reader.space();
      reader.take(',');
    }
    return (node, root) => items.map((item) => item(node, root) ?? null);
  }
  const found = reader.match(literal);
  if (found === undefined) reader.fail();
  const value = JSON.parse(found) as Json;
  return () => value;
}

function walk(from: Json, segments: readonly Segment[], root: Json): Json[] {
  let nodes: Json[] = [from];
  for (const segment of segments) nodes = nodes.flatMap((node) => step(node, segment, root));
  return nodes;
}

const children = (node: Json): Json[] =>
  Array.isArray(node) ? [...node] : isJsonObject(node) ? Object.values(node) : [];

const member = (node: Json, key: string): Json[] =>
  isJsonObject(node) && Object.hasOwn(node, key) ? [node[key] as Json] : [];

const element = (node: Json, index: number): Json[] => {
  if (!Array.isArray(node)) return [];
  const at = index < 0 ? node.length + index : index;
  return at >= 0 && at < node.length ? [node[at] as Json] : [];
};

function step(node: Json, segment: Segment, root: Json): Json[] {
  switch (segment.kind) {
    case 'name':
      return member(node, segment.name);
    case 'index':
      return element(node, segment.index);
    case 'names':
      return segment.names.flatMap((one) => member(node, one));
    case 'indices':
      return segment.indices.flatMap((one) => element(node, one));
    case 'every':
      return children(node);
    case 'descend':
      return descend(node);
    case 'filter':
      return (isJsonObject(node) ? [node] : children(node)).filter((one) => segment.test(one, root));
    case 'function': {
      const value = functions[segment.name]?.(node);
      return value === undefined ? [] : [value];
    }
    case 'slice': {
      if (!Array.isArray(node)) return [];
      const place = (index: number) => (index < 0 ? Math.max(0, node.length + index) : index);
      const from = place(segment.from ?? 0);
      const to = Math.min(node.length, place(segment.to ?? node.length));
      const out: Json[] = [];
      for (let i = from; i < to; i += Math.max(1, segment.step)) out.push(node[i] as Json);
      return out;
    }
  }
}

function descend(node: Json): Json[] {
  const out: Json[] = [];
  const open: Json[] = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    out.push(next);
    open.push(...children(next).reverse());
  }
  return out;
}

/** @returns undefined when a reference path names nothing */
export function evaluatePath(path: JsonPath, scope: PathScope): Json | undefined {
  const root =
    path.root === 'input'
      ? scope.input
      : path.root === 'context'
        ? scope.context
        : scope.variable(path.root.variable);
  if (root === undefined) return undefined;
  const nodes = walk(root, path.segments, root);
  const last = path.segments.at(-1);
  if (path.reference) return nodes[0];
  // `$.items.length()`: one value, of the one node before it.
  return last?.kind === 'function' && path.segments.slice(0, -1).every(isReference) ? nodes[0] : nodes;
}

/** How AWS's engine writes a path in messages: `$['order']['items'][0]`. */
export const canonicalPath = ({ segments }: JsonPath): string =>
  `$${segments
    .map((one) => (one.kind === 'name' ? `['${one.name}']` : one.kind === 'index' ? `[${one.index}]` : '[*]'))
    .join('')}`;

/** Puts a value where a reference path says; objects and lists on the way are made where they are missing. */
export function setAtPath(target: Json, path: JsonPath, value: Json): Json {
  const put = (node: Json | undefined, [segment, ...rest]: readonly Segment[]): Json => {
    if (!segment) return value;
    if (segment.kind === 'index') {
      const list = Array.isArray(node) ? [...node] : [];
      list[segment.index] = put(list[segment.index], rest);
      return Array.from(list, (one) => (one === undefined ? null : one) as Json);
    }
    const key = segment.kind === 'name' ? segment.name : '';
    const before = isJsonObject(node) ? node : {};
    return { ...before, [key]: put(before[key], rest) };
  };
  return put(target, path.segments);
}
