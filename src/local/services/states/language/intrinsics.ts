/**
 * Intrinsic functions of JSONPath machines: `States.Format('{} of {}', $.part, $.whole)`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
import { createHash } from 'node:crypto';
import { isJsonObject, type Json, sameJson } from '../../../../core/json.ts';
import { evaluatePath, type JsonPath, type PathScope, parsePath } from '../../../../core/json-path.ts';
import { StateFailure } from './failure.ts';

type Argument =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'call'; readonly call: IntrinsicCall };

export interface IntrinsicCall {
  readonly text: string;
  readonly name: string;
  readonly arguments: readonly Argument[];
}

export interface IntrinsicTools {
  uuid(): string;
}

export class IntrinsicSyntaxError extends Error {}

export const isIntrinsic = (text: string): boolean => text.startsWith('States.');

const maxDepth = 10;

const known = new Map<string, IntrinsicCall>();

/** @throws IntrinsicSyntaxError, PathSyntaxError */
export function parseIntrinsic(text: string): IntrinsicCall {
  let found = known.get(text);
  if (!found) {
    const state = { text, at: 0 };
    found = readCall(state, 1);
    if (state.at !== text.length) throw new IntrinsicSyntaxError(text);
    if (known.size > 5000) known.clear();
    known.set(text, found);
  }
  return found;
}

interface State {
  readonly text: string;
  at: number;
}

const callName = /States\.(\w+)\s*\(/y;
const scalar = /(?:true|false|null)(?!\w)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readCall(state: State, depth: number): IntrinsicCall {
  const { text } = state;
  const start = state.at;
  callName.lastIndex = start;
  const found = callName.exec(text);
  const name = found?.[1];
  if (!found || !name || !Object.hasOwn(intrinsics, name) || depth > maxDepth)
    throw new IntrinsicSyntaxError(text);
  state.at = callName.lastIndex;
  const args: Argument[] = [];
  skipSpace(state);
  if (text[state.at] === ')') state.at++;
  else
    for (;;) {
      args.push(readArgument(state, depth));
      skipSpace(state);
      const next = text[state.at++];
      if (next === ')') break;
      if (next !== ',') throw new IntrinsicSyntaxError(text);
    }
  const [least, most] = intrinsics[name]?.takes ?? [0, 0];
  if (args.length < least || args.length > most) throw new IntrinsicSyntaxError(text);
  return { text: text.slice(start, state.at), name, arguments: args };
}

function skipSpace(state: State) {
  while (/\s/.test(state.text[state.at] ?? '')) state.at++;
}

function readArgument(state: State, depth: number): Argument {
  skipSpace(state);
  const { text } = state;
  const first = text[state.at];
  if (first === "'") return { kind: 'value', value: readText(state) };
  if (first === '$') return { kind: 'path', path: parsePath(readPathText(state)) };
  if (text.startsWith('States.', state.at)) return { kind: 'call', call: readCall(state, depth + 1) };
  scalar.lastIndex = state.at;
  const found = scalar.exec(text)?.[0];
  if (found === undefined) throw new IntrinsicSyntaxError(text);
  state.at += found.length;
  return { kind: 'value', value: JSON.parse(found) as Json };
}

/** Escapes of braces stay for States.Format, which reads them. */
function readText(state: State): string {
  const { text } = state;
  let out = '';
  for (state.at++; ; state.at++) {
    const char = text[state.at];
    if (char === undefined) throw new IntrinsicSyntaxError(text);
    if (char === "'") break;
    if (char !== '\\') {
      out += char;
      continue;
    }
    const next = text[++state.at];
    if (next === '{' || next === '}') out += `\\${next}`;
    else if (next === "'" || next === '\\') out += next === '\\' ? '\\\\' : next;
    else throw new IntrinsicSyntaxError(text);
  }
  state.at++;
  return out;
}

/** Up to the comma or bracket that ends the argument; filters have brackets and texts of their own. */
function readPathText(state: State): string {
  const { text } = state;
  const start = state.at;
  let open = 0;
  for (let quote = ''; state.at < text.length; state.at++) {
    const char = text[state.at] ?? '';
    if (quote) {
      if (char === '\\') state.at++;
      else if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '(' || char === '[') open++;
    else if (char === ']' || (char === ')' && open > 0)) open--;
    else if (open === 0 && (char === ')' || char === ',')) break;
  }
  return text.slice(start, state.at).trim();
}

/** Plain text, where braces were escaped for States.Format alone. */
const plain = (text: string) => text.replace(/\\([{}\\])/g, '$1');

class ArgumentError extends Error {}

const fail = (what: string): never => {
  throw new ArgumentError(what);
};
const text = (value: Json | undefined): string =>
  typeof value === 'string' ? value : fail('Invalid arguments: a string is expected');
const whole = (value: Json | undefined): number =>
  typeof value === 'number' ? Math.trunc(value) : fail('Invalid arguments: an integer is expected');
const list = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? value : fail('Invalid arguments: an array is expected');

interface Intrinsic {
  /** How many arguments. */
  readonly takes: readonly [number, number];
  run(values: readonly Json[], tools: IntrinsicTools): Json;
}

const many = Number.POSITIVE_INFINITY;
const maxRange = 1000;
const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Of a seed, so that a machine that gives one gets the same number again. */
function seeded(seed: number): number {
  const digest = createHash('sha256').update(String(seed)).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Format: {
    takes: [1, many],
    run([template, ...values]) {
      let next = 0;
      const out = text(template).replace(/\\([{}\\])|\{\}/g, (_, escaped: string | undefined) => {
        if (escaped !== undefined) return escaped;
        if (next >= values.length) fail('Invalid arguments: fewer values than placeholders');
        return shown(values[next++] as Json);
      });
      if (next < values.length) fail('Invalid arguments: more values than placeholders');
      return out;
    },
  },
  StringToJson: {
    takes: [1, 1],
    run([value]) {
      try {
        return JSON.parse(text(value)) as Json;
      } catch (error) {
        if (error instanceof ArgumentError) throw error;
        return fail('the argument is not valid JSON');
      }
    },
  },
  JsonToString: { takes: [1, 1], run: ([value]) => JSON.stringify(value) },
  Array: { takes: [0, many], run: (values) => values },
  ArrayPartition: {
    takes: [2, 2],
    run([value, size]) {
      const [items, by] = [list(value), whole(size)];
      if (by < 1) fail('the chunk size must be a positive integer');
      return Array.from({ length: Math.ceil(items.length / by) }, (_, i) =>
        items.slice(i * by, (i + 1) * by),
      );
    },
  },
  ArrayContains: {
    takes: [2, 2],
    run: ([value, wanted]) => list(value).some((one) => sameJson(one, wanted as Json)),
  },
  ArrayRange: {
    takes: [3, 3],
    run(values) {
      const [from, to, by] = values.map(whole) as [number, number, number];
      if (by === 0) fail('the increment must not be 0');
      const length = Math.max(0, Math.floor((to - from) / by) + 1);
      if (length > maxRange) fail(`the array would have more than ${maxRange} items`);
      return Array.from({ length }, (_, i) => from + i * by);
    },
  },
  ArrayGetItem: {
    takes: [2, 2],
    run([value, index]) {
      const found = list(value)[whole(index)];
      return found === undefined ? fail('the index is outside the array') : found;
    },
  },
  ArrayLength: { takes: [1, 1], run: ([value]) => list(value).length },
  ArrayUnique: {
    takes: [1, 1],
    run: ([value]) =>
      list(value).filter((one, i, all) => all.findIndex((other) => sameJson(one, other)) === i),
  },
  Base64Encode: {
    takes: [1, 1],
    run: ([value]) => Buffer.from(ofLength(text(value), 10_000)).toString('base64'),
  },
  Base64Decode: {
    takes: [1, 1],
    run: ([value]) => Buffer.from(ofLength(text(value), 10_000), 'base64').toString(),
  },
  Hash: {
    takes: [2, 2],
    run([value, algorithm]) {
      const by =
        algorithms[text(algorithm)] ??
        fail('the algorithm is not one of MD5, SHA-1, SHA-256, SHA-384, SHA-512');
      return createHash(by)
        .update(ofLength(shown(value as Json), 10_000))
        .digest('hex');
    },
  },
  JsonMerge: {
    takes: [3, 3],
    run([one, other, deep]) {
      if (deep !== false)
        fail('only the shallow merging mode is supported: the third argument must be false');
      if (!isJsonObject(one) || !isJsonObject(other)) return fail('Invalid arguments: objects are expected');
      return { ...one, ...other };
    },
  },
  MathRandom: {
    takes: [2, 3],
    run([from, to, seed]) {
      const [low, high] = [whole(from), whole(to)];
      const by = seed === undefined ? Math.random() : seeded(whole(seed));
      return low + Math.floor(by * Math.max(1, high - low));
    },
  },
  MathAdd: { takes: [2, 2], run: ([one, other]) => whole(one) + whole(other) },
  StringSplit: {
    takes: [2, 2],
    run([value, by]) {
      const separators = new Set(text(by));
      const out: string[] = [];
      let part = '';
      for (const char of text(value))
        if (separators.has(char)) {
          if (part !== '') out.push(part);
          part = '';
        } else part += char;
      return part === '' ? out : [...out, part];
    },
  },
  UUID: { takes: [0, 0], run: (_, tools) => tools.uuid() },
};

const ofLength = (value: string, most: number): string =>
  value.length <= most ? value : fail(`the input has more than ${most} characters`);

/** @throws StateFailure */
export function evaluateIntrinsic(call: IntrinsicCall, scope: PathScope, tools: IntrinsicTools): Json {
  const values = call.arguments.map((one): Json => {
    if (one.kind === 'value')
      return typeof one.value === 'string' && call.name !== 'Format' ? plain(one.value) : one.value;
    if (one.kind === 'call') return evaluateIntrinsic(one.call, scope, tools);
    const value = evaluatePath(one.path, scope);
    if (value === undefined)
      throw new StateFailure(
        'States.IntrinsicFailure',
        `The function '${call.text}' had the following error: The JsonPath argument for the field '${one.path.text}' could not be found in the input '${JSON.stringify(scope.input)}'`,
      );
    return value;
  });
  try {
    return intrinsics[call.name]?.run(values, tools) ?? null;
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new StateFailure(
      'States.IntrinsicFailure',
      `The function '${call.text}' had the following error: ${error.message}`,
    );
  }
}
