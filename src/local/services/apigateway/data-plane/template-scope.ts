/**
 * What a mapping template sees: `$input`, `$util`, `$context` and `$stageVariables`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
import { evaluatePath, isPath, parsePath } from '../../../../core/json-path.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import { fromJson, type HostObject, toText, type Value } from '../../../velocity/values.ts';
import { contextVariable } from './context-variables.ts';
import { type Exchange, sentHeaders } from './exchange.ts';

/** What a template sets in `$context.requestOverride` and `$context.responseOverride`. */
export interface Overrides {
  readonly path: Map<string, string>;
  readonly querystring: Map<string, string>;
  readonly requestHeader: Map<string, string>;
  readonly responseHeader: Map<string, string>;
  status?: number;
}

export const noOverrides = (): Overrides => ({
  path: new Map(),
  querystring: new Map(),
  requestHeader: new Map(),
  responseHeader: new Map(),
});

/** @param payload of the request, or of the integration's response */
export const templateScope = (
  exchange: Exchange,
  env: ServiceEnvironment,
  payload: string,
  overrides: Overrides,
): ReadonlyMap<string, Value> =>
  new Map<string, Value>([
    ['input', input(exchange, payload)],
    ['util', util],
    ['context', context(exchange, env, overrides, '')],
    ['stageVariables', texts(exchange.stageVariables)],
  ]);

const host = (object: Partial<HostObject>): HostObject => ({
  host: true,
  property: () => undefined,
  call: () => undefined,
  ...object,
});

/** A map of texts, in which what is not there is empty. */
function texts(map: Readonly<Record<string, string>>, ignoreCase = false): HostObject {
  const find = (name: string): string | undefined => {
    const exact = lookup(map, name);
    if (exact !== undefined || !ignoreCase) return exact;
    const wanted = name.toLowerCase();
    return Object.entries(map).find(([key]) => key.toLowerCase() === wanted)?.[1];
  };
  return host({
    property: (name) => find(name) ?? '',
    call(name, args) {
      const key = toText(args[0]);
      switch (name) {
        case 'get':
          return find(key) ?? '';
        case 'containsKey':
          return find(key) !== undefined;
        case 'keySet':
          return Object.keys(map);
        case 'values':
          return Object.values(map);
        case 'entrySet':
          return Object.entries(map).map((entry) => fromJson({ key: entry[0], value: entry[1] }));
        case 'size':
          return Object.keys(map).length;
        case 'isEmpty':
          return Object.keys(map).length === 0;
        default:
          return undefined;
      }
    },
  });
}

function input(exchange: Exchange, payload: string): HostObject {
  let parsed: { readonly json: unknown } | undefined;
  const at = (path: Value): unknown => {
    parsed ??= { json: readJson(payload) };
    const text = toText(path ?? '$');
    if (!isPath(text)) return '';
    const found = evaluatePath(parsePath(text), {
      input: parsed.json as never,
      context: null,
      variable: () => undefined,
    });
    // What is not there is an empty text.
    return found ?? '';
  };
  const headers = Object.fromEntries(sentHeaders(exchange.request));
  const query = Object.fromEntries(exchange.query);
  const all: Readonly<Record<string, HostObject>> = {
    path: texts(exchange.pathParameters),
    querystring: texts(query),
    header: texts(headers, true),
  };
  const param = (name: string): string => {
    for (const one of Object.values(all)) {
      const value = one.call('get', [name]);
      if (value !== '') return String(value);
    }
    return '';
  };
  const params = host({
    property: (name) => lookup(all, name),
    call: (name, args) =>
      name === 'get' ? lookup(all, toText(args[0])) : name === 'keySet' ? Object.keys(all) : undefined,
  });
  return host({
    property: (name) => (name === 'body' ? payload : undefined),
    call(name, args) {
      switch (name) {
        case 'body':
          return payload;
        case 'json':
          return JSON.stringify(at(args[0]));
        case 'path':
          return fromJson(at(args[0]));
        case 'params':
          return args.length > 0 ? param(toText(args[0])) : params;
        default:
          return undefined;
      }
    },
  });
}

/** A payload that is no JSON is a text. */
function readJson(payload: string): unknown {
  if (payload.trim() === '') return '';
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

/** A part of `$context`; `prefix` is the path to it. */
function context(
  exchange: Exchange,
  env: ServiceEnvironment,
  overrides: Overrides,
  prefix: string,
): HostObject {
  const property = (name: string): Value => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const overridden = override(overrides, path.split('.'));
    if (overridden !== undefined) return overridden;
    const value = contextVariable(path, exchange, env);
    if (value !== undefined) return value;
    return parents.test(path) ? context(exchange, env, overrides, path) : '';
  };
  return host({
    property,
    call: (name, args) => (name === 'get' ? property(toText(args[0])) : undefined),
    set(path, value) {
      const full = prefix === '' ? path : [prefix, ...path];
      setOverride(overrides, full, toText(value));
    },
  });
}

/** What has further variables below it. */
const parents =
  /^(?:identity|authorizer|error|integration|waf|authorize|requestOverride|responseOverride)(?:\.|$)/;

function mapOf(overrides: Overrides, [root, kind]: readonly string[]): Map<string, string> | undefined {
  if (root === 'responseOverride') return kind === 'header' ? overrides.responseHeader : undefined;
  if (root !== 'requestOverride') return undefined;
  if (kind === 'header') return overrides.requestHeader;
  return kind === 'path' ? overrides.path : kind === 'querystring' ? overrides.querystring : undefined;
}

function override(overrides: Overrides, path: readonly string[]): string | undefined {
  if (path[0] === 'responseOverride' && path[1] === 'status') return overrides.status?.toString();
  return path.length === 3 ? mapOf(overrides, path)?.get(path[2] ?? '') : undefined;
}

function setOverride(overrides: Overrides, path: readonly string[], value: string): void {
  if (path[0] === 'responseOverride' && path[1] === 'status') {
    if (/^[1-5]\d\d$/.test(value)) overrides.status = Number(value);
  } else mapOf(overrides, path)?.set(path.slice(2).join('.'), value);
}

const util = host({
  call(name, args) {
    const text = toText(args[0] ?? '');
    switch (name) {
      case 'escapeJavaScript':
        return escapeJavaScript(text);
      case 'parseJson':
        return fromJson(readJson(text));
      case 'urlEncode':
        return new URLSearchParams([['', text]]).toString().slice(1);
      case 'urlDecode':
        return new URLSearchParams(`=${text.replaceAll('&', '%26')}`).get('') ?? '';
      case 'base64Encode':
        return Buffer.from(text).toString('base64');
      case 'base64Decode':
        return Buffer.from(text, 'base64').toString();
      default:
        return undefined;
    }
  },
});

const shortEscapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** Quotes of both kinds and slashes are escaped as well, and all that is not ASCII. */
const escapeJavaScript = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  text.replaceAll(/["'\\/\u0000-\u001f\u007f-\uffff]/g, (char) => {
    if (/["'\\/]/.test(char)) return `\\${char}`;
    return shortEscapes[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
