/**
 * The names and values a request gives for the placeholders of its expressions: each must be well-formed, defined
 * where used, and used where defined.
 */
import { hasCode } from '../../../service.ts';
import { validation } from '../errors.ts';
import { checkName, checkValue } from '../values/check.ts';
import type { Value } from '../values/types.ts';
import type { ExpressionKind, Parsed, Path } from './ast.ts';

export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

export interface ExpressionInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: object | undefined;
}

const none: Placeholders = { names: {}, values: {} };

type Texts = Readonly<Partial<Record<ExpressionKind, string | undefined>>>;

/** Reads the expressions of one request, in the order in which they are asked for. */
interface Expressions {
  /** Parsed, with its placeholders put in; undefined when it was not sent. */
  read<T, R>(
    kind: ExpressionKind,
    parse: (kind: ExpressionKind, text: string) => Parsed<T>,
    bind: (parsed: Parsed<T>, placeholders: Placeholders) => R,
  ): R | undefined;
  /** Nothing may be defined that no expression used. */
  end(): void;
}

export function expressionsOf(input: ExpressionInput, texts: Texts): Expressions {
  const placeholders = readPlaceholders(input);
  const all: Parsed<unknown>[] = [];
  return {
    read(kind, parse, bind) {
      const text = texts[kind];
      if (text === undefined) return undefined;
      const parsed = parse(kind, text);
      checkDefined(parsed, placeholders);
      all.push(parsed);
      return bind(parsed, placeholders);
    },
    end() {
      checkUsed('ExpressionAttributeNames', input.ExpressionAttributeNames, (key) =>
        all.some((one) => one.names.includes(key)),
      );
      checkUsed('ExpressionAttributeValues', input.ExpressionAttributeValues, (key) =>
        all.some((one) => one.values.includes(key)),
      );
    },
  };
}

function readPlaceholders(input: ExpressionInput): Placeholders {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues } = input;
  const given = ExpressionAttributeValues as Record<string, Value> | undefined;
  if (!names && !given) return none;
  if (names) checkNames(names);
  return { names: names ?? {}, values: given ? readValues(given) : {} };
}

/** Of a placeholder with its # or colon. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const longestPlaceholder = 255;

function checkNames(names: Readonly<Record<string, string>>): void {
  if (Object.keys(names).length === 0) throw validation('ExpressionAttributeNames must not be empty');
  for (const key in names) {
    if (!/^#[A-Za-z0-9_]+$/.test(key) || key.length > longestPlaceholder)
      throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
    within('ExpressionAttributeNames', key, () => checkName(names[key] ?? ''));
  }
}

function readValues(given: Readonly<Record<string, Value>>): Record<string, Value> {
  if (Object.keys(given).length === 0) throw validation('ExpressionAttributeValues must not be empty');
  const values: Record<string, Value> = {};
  for (const key in given)
    if (!/^:[A-Za-z0-9_]+$/.test(key) || key.length > longestPlaceholder)
      throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
  for (const key in given)
    values[key] = within('ExpressionAttributeValues', key, () => checkValue(given[key]));
  return values;
}

function within<T>(parameter: string, key: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!hasCode(error, 'ValidationException')) throw error;
    throw validation(`${parameter} contains invalid value: ${error.message} for key ${key}`);
  }
}

function checkDefined(expression: Parsed<unknown>, { names, values }: Placeholders): void {
  for (const name of expression.names)
    if (!Object.hasOwn(names, name))
      throw validation(
        `Invalid ${expression.kind}: An expression attribute name used in the document path is not defined; attribute name: ${name}`,
      );
  for (const value of expression.values)
    if (!Object.hasOwn(values, value))
      throw validation(
        `Invalid ${expression.kind}: An expression attribute value used in expression is not defined; attribute value: ${value}`,
      );
}

function checkUsed(parameter: string, given: object | undefined, used: (key: string) => boolean): void {
  if (!given) return;
  const unused = Object.keys(given).filter((key) => !used(key));
  if (unused.length > 0)
    throw validation(`Value provided in ${parameter} unused in expressions: keys: {${unused.join(', ')}}`);
}

export const bindPath = (path: Path, { names }: Placeholders): Path =>
  path.some((part) => typeof part === 'string' && part.startsWith('#'))
    ? path.map((part) => (typeof part === 'string' && part.startsWith('#') ? (names[part] ?? part) : part))
    : path;

export function bindValue(name: string, { values }: Placeholders): Value {
  const value = values[name];
  if (!value) throw validation(`attribute value ${name} is not defined`);
  return value;
}
