/**
 * The names and values a request gives for the placeholders of its expressions: each must be well-formed, defined
 * where used, and used where defined.
 */
import { validation } from '../errors.ts';
import { checkValue } from '../values/check.ts';
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

/**
 * @param expressions those of the request by their parameter's name; undefined ones were not sent
 * @param parsed the ones that were
 */
export function readPlaceholders(
  input: ExpressionInput,
  expressions: Readonly<Partial<Record<ExpressionKind, string | undefined>>>,
  parsed: readonly (Parsed<unknown> | undefined)[],
): Placeholders {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues } = input;
  const given = ExpressionAttributeValues as Record<string, Value> | undefined;
  if (!names && !given) {
    for (const expression of parsed) if (expression) checkDefined(expression, none);
    return none;
  }
  const sent = parsed.some((expression) => expression !== undefined);
  if (names) {
    if (!sent) throw validation('ExpressionAttributeNames can only be specified when using expressions');
    if (Object.keys(names).length === 0) throw validation('ExpressionAttributeNames must not be empty');
    for (const key in names)
      if (!/^#[A-Za-z0-9_]+$/.test(key))
        throw validation(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
  }
  const values: Record<string, Value> = {};
  if (given) {
    const takers = Object.keys(expressions).filter((kind) => kind !== 'ProjectionExpression');
    if (!takers.some((kind) => expressions[kind as ExpressionKind] !== undefined))
      throw validation(
        `ExpressionAttributeValues can only be specified when using expressions: ${takers.join(' and ')} ${takers.length > 1 ? 'are' : 'is'} null`,
      );
    if (Object.keys(given).length === 0) throw validation('ExpressionAttributeValues must not be empty');
    for (const key in given) {
      if (!/^:[A-Za-z0-9_]+$/.test(key))
        throw validation(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
      try {
        values[key] = checkValue(given[key]);
      } catch (error) {
        throw validation(
          `ExpressionAttributeValues contains invalid value: ${(error as Error).message} for key ${key}`,
        );
      }
    }
  }
  const placeholders = { names: names ?? {}, values };
  for (const expression of parsed) if (expression) checkDefined(expression, placeholders);
  checkUsed('ExpressionAttributeNames', names, (key) => parsed.some((one) => one?.names.includes(key)));
  checkUsed('ExpressionAttributeValues', given, (key) => parsed.some((one) => one?.values.includes(key)));
  return placeholders;
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
