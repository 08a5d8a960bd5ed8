/**
 * Expressions of JSONata states, `{% $states.input.total * 2 %}`, by the jsonata library. What Step Functions adds and
 * leaves out: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { isJsonObject, type Json, jsonObject } from '../../../../core/json.ts';
import { StateFailure } from './failure.ts';

export interface JsonataScope {
  /** `$states`: input, result, errorOutput, context. */
  readonly states: JsonObjectLike;
  readonly variables: Readonly<Record<string, Json>>;
  uuid(): string;
}

type JsonObjectLike = Readonly<Record<string, Json | undefined>>;

const form = /^\{%([\s\S]*)%\}$/;

export const expressionOf = (value: string): string | undefined => form.exec(value)?.[1]?.trim();

interface Compiled {
  readonly expression: jsonata.Expression;
  steps: number;
}

const compiled = new Map<string, Compiled>();

/** An endless recursion has to end: AWS stops an evaluation after a time, here after so many steps. */
const mostSteps = 1_000_000;

function compile(text: string): Compiled {
  let found = compiled.get(text);
  if (!found) {
    const made: Compiled = { expression: jsonata(text), steps: 0 };
    // The library asks for this before each step.
    made.expression.assign(Symbol.for('jsonata.__evaluate_entry') as unknown as string, () => {
      if (++made.steps > mostSteps) throw new Error('The evaluation takes too many steps');
    });
    found = made;
    if (compiled.size > 5000) compiled.clear();
    compiled.set(text, found);
  }
  return found;
}

/** @returns what is wrong with its syntax; undefined when nothing is */
export function expressionProblem(expression: string): string | undefined {
  try {
    compile(expression);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

const messageOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' ? `${code}: ${String(message)}` : String(message);
};

function functionsFor(scope: JsonataScope): Record<string, unknown> {
  return {
    partition: (items: readonly unknown[], size: number) =>
      Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size)),
    range: (from: number, to: number, by: number) =>
      Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, i) => from + i * by),
    hash: (value: unknown, algorithm: string) =>
      createHash(algorithm.toLowerCase().replace('sha-1', 'sha1').replace(/^sha-/, 'sha'))
        .update(typeof value === 'string' ? value : JSON.stringify(value))
        .digest('hex'),
    random: (seed?: number) =>
      seed === undefined
        ? Math.random()
        : createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32,
    uuid: () => scope.uuid(),
    parse: (text: string) => JSON.parse(text) as unknown,
    eval: () => {
      throw Object.assign(new Error('Attempted to invoke a non-function'), { code: 'T1006' });
    },
  };
}

/** @throws StateFailure States.QueryEvaluationError */
async function evaluate(expression: string, field: string, scope: JsonataScope): Promise<Json> {
  const said = `The JSONata expression '${expression}' specified for the field '${field}'`;
  const failed = (what: string) => new StateFailure('States.QueryEvaluationError', `${said} ${what}`, field);
  let value: unknown;
  try {
    const found = compile(expression);
    found.steps = 0;
    value = await found.expression.evaluate(undefined, {
      ...functionsFor(scope),
      ...scope.variables,
      states: scope.states,
    });
  } catch (error) {
    throw failed(`threw an error during evaluation. ${messageOf(error)}`);
  }
  if (value === undefined) throw failed('returned nothing (undefined).');
  if (typeof value === 'function' || (isJsonObject(value) && '_jsonata_function' in value))
    throw failed('returned an unsupported result type.');
  if (typeof value === 'object' && value !== null) return JSON.parse(JSON.stringify(value)) as Json;
  if (typeof value === 'number' && !Number.isFinite(value))
    throw failed('returned an unsupported result type.');
  return value as Json;
}

/** A value of a JSONata field: texts of the form `{% … %}` are evaluated, at any depth. */
export function evaluateField(template: Json, field: string, scope: JsonataScope): Json | Promise<Json> {
  if (typeof template === 'string') {
    const expression = expressionOf(template);
    return expression === undefined ? template : evaluate(expression, field, scope);
  }
  if (Array.isArray(template)) return evaluateList(template, field, scope);
  return isJsonObject(template) ? evaluateObject(template, field, scope) : template;
}

async function evaluateList(template: readonly Json[], field: string, scope: JsonataScope): Promise<Json> {
  const out: Json[] = [];
  for (const [i, one] of template.entries()) out.push(await evaluateField(one, `${field}[${i}]`, scope));
  return out;
}

async function evaluateObject(
  template: Readonly<Record<string, Json>>,
  field: string,
  scope: JsonataScope,
): Promise<Json> {
  const out: [string, Json][] = [];
  for (const [key, one] of Object.entries(template))
    out.push([key, await evaluateField(one, `${field}/${key}`, scope)]);
  return jsonObject(out);
}

const kindOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** The same for a field that takes one kind of value. */
export async function evaluateAs(
  kind: 'array' | 'number' | 'string' | 'boolean',
  template: Json,
  field: string,
  scope: JsonataScope,
): Promise<Json> {
  const value = await evaluateField(template, field, scope);
  if (kindOf(value) === kind) return value;
  const expression = typeof template === 'string' ? expressionOf(template) : undefined;
  throw new StateFailure(
    'States.QueryEvaluationError',
    expression === undefined
      ? `The field '${field}' must be of the type '${kind}', but was '${kindOf(value)}' for value: ${JSON.stringify(value)}`
      : `The JSONata expression '${expression}' specified for the field '${field}' returned an unexpected result type. Expected '${kind}', but was '${kindOf(value)}' for value: ${JSON.stringify(value)}`,
    field,
  );
}
