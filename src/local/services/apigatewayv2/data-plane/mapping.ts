/**
 * Selection expressions, and the changes that an integration makes to requests and answers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
import { isObject } from '../../../../core/is-object.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import { contextVariable } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

/** An answer's own values, for mappings of answers. */
export interface MappedAnswer {
  status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Buffer;
}

/** API Gateway reads so much of a body to select from it. */
const longestSelected = 100 * 1024;

type Env = Pick<ServiceEnvironment, 'accountId'>;

/** What an expression selects: text as it is, with `$request.…` or `${request.…}` in place. */
export function selected(
  expression: string,
  exchange: Exchange,
  env: Env,
  answer?: MappedAnswer,
): string | undefined {
  if (!expression.includes('$')) return expression;
  const whole = /^\$(?:\{([^{}]+)\}|([A-Za-z][^\s${}]*))$/.exec(expression);
  if (whole) return variable(whole[1] ?? whole[2] ?? '', exchange, env, answer);
  return expression.replaceAll(
    /\$\{([^{}]+)\}/g,
    (_, name: string) => variable(name, exchange, env, answer) ?? '',
  );
}

function variable(name: string, exchange: Exchange, env: Env, answer?: MappedAnswer): string | undefined {
  const [root = '', part, ...more] = name.split('.');
  const rest = more.join('.');
  if (root === 'context') return contextVariable([part, ...more].join('.'), exchange, env);
  if (root === 'stageVariables') return lookup(exchange.stage.StageVariables, [part, ...more].join('.'));
  if (root === 'response' && answer) {
    if (part === 'header') return lookup(answer.headers, rest.toLowerCase())?.toString();
    return part === 'body' ? fromBody(answer.body, more) : undefined;
  }
  if (root !== 'request') return undefined;
  switch (part) {
    case 'header':
      return lookup(exchange.headers, rest.toLowerCase());
    case 'querystring': {
      const values = exchange.query.getAll(rest);
      return values.length > 0 ? values.join(',') : undefined;
    }
    case 'path':
      return rest === '' ? exchange.path : lookup(exchange.pathParameters, rest);
    case 'body':
      return fromBody(exchange.request.body, more);
    default:
      return undefined;
  }
}

function fromBody(body: Buffer, names: readonly string[]): string | undefined {
  if (names.length === 0) return body.toString();
  let value: unknown;
  try {
    value = JSON.parse(body.subarray(0, longestSelected).toString());
  } catch {
    return undefined;
  }
  for (const name of names
    .join('.')
    .split(/\.|\[|\]\.?/)
    .filter((one) => one !== '')) {
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isObject(value) ? lookup(value, name) : undefined;
  }
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export interface RequestChanges {
  readonly headers: Record<string, string>;
  readonly query: URLSearchParams;
  path: string | undefined;
}

export function changeRequest(
  mappings: Readonly<Record<string, string>> | undefined,
  changes: RequestChanges,
  exchange: Exchange,
  env: Env,
): void {
  for (const [key, source] of Object.entries(mappings ?? {})) {
    const [, how = '', where = '', name = ''] = /^(\w+):(header|querystring|path)\.?(.*)$/.exec(key) ?? [];
    if (where === 'path') changes.path = selected(source, exchange, env);
    else if (where === 'header')
      changeHeader(changes.headers, how, name, () => selected(source, exchange, env));
    else if (how === 'remove') changes.query.delete(name);
    else {
      const value = selected(source, exchange, env);
      if (value === undefined) continue;
      if (how === 'overwrite') changes.query.set(name, value);
      else changes.query.append(name, value);
    }
  }
}

export function changeAnswer(
  mappings: Readonly<Record<string, string>> | undefined,
  answer: MappedAnswer,
  exchange: Exchange,
  env: Env,
): void {
  for (const [key, source] of Object.entries(mappings ?? {})) {
    if (key === 'overwrite:statuscode') {
      const status = Number(selected(source, exchange, env, answer));
      if (Number.isInteger(status) && status >= 100 && status <= 599) answer.status = status;
      continue;
    }
    const [, how = '', name = ''] = /^(\w+):header\.(.+)$/.exec(key) ?? [];
    changeHeader(answer.headers, how, name, () => selected(source, exchange, env, answer));
  }
}

function changeHeader(
  headers: Record<string, string | string[]>,
  how: string,
  header: string,
  readValue: () => string | undefined,
): void {
  const name = header.toLowerCase();
  if (how === 'remove') {
    delete headers[name];
    return;
  }
  const value = readValue()?.replaceAll(/[\r\n\0]/g, ' ');
  if (value === undefined) return;
  const before = headers[name];
  headers[name] = how === 'append' && before !== undefined ? `${before},${value}` : value;
}
