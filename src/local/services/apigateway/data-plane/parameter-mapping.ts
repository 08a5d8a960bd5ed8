/**
 * Parameter mappings: where a header, a query parameter or a part of the path takes its value from.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
import { evaluatePath, isPath, parsePath } from '../../../../core/json-path.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import { contextVariable } from './context-variables.ts';
import { type Exchange, sentHeaders } from './exchange.ts';

const elsewhere = String.raw`'[^']*'|context\.[\w.-]+|stageVariables\.\w+`;
const requestSource = new RegExp(
  `^(?:${elsewhere}|method\\.request\\.(?:(?:multivalue)?(?:header|querystring)|path)\\.[^\\s]+|method\\.request\\.body(?:\\..+|\\[.+)?)$`,
);
const responseSource = new RegExp(
  `^(?:${elsewhere}|integration\\.response\\.(?:multivalue)?header\\.[^\\s]+|integration\\.response\\.body(?:\\..+|\\[.+)?)$`,
);
export const requestTarget = /^integration\.request\.(header|querystring|path)\.([^\s]+)$/;
export const responseTarget = /^method\.response\.(?:multivalue)?header\.([^\s]+)$/;

export const isRequestMapping = (target: string, source: string) =>
  requestTarget.test(target) && requestSource.test(source);
export const isResponseMapping = (target: string, source: string) =>
  responseTarget.test(target) && responseSource.test(source);

/** What came from the integration. */
export interface Backend {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** @returns undefined where there is nothing to take; several values of one name are a list */
export function mappedValue(
  source: string,
  exchange: Exchange,
  env: ServiceEnvironment,
  backend?: Backend,
): string | readonly string[] | undefined {
  if (source.startsWith("'")) return source.slice(1, -1);
  const [, root, rest = ''] =
    /^(context|stageVariables|method\.request|integration\.response)\.(.+)$/s.exec(source) ?? [];
  switch (root) {
    case 'context':
      return contextVariable(rest, exchange, env);
    case 'stageVariables':
      return lookup(exchange.stageVariables, rest);
    case 'method.request':
      return ofRequest(rest, exchange);
    case 'integration.response':
      return backend && ofResponse(rest, backend);
    default:
      return undefined;
  }
}

function ofRequest(source: string, exchange: Exchange): string | readonly string[] | undefined {
  const [, kind, name = ''] = /^(\w+)\.?(.*)$/s.exec(source) ?? [];
  switch (kind) {
    case 'path':
      return lookup(exchange.pathParameters, name);
    case 'querystring':
      return exchange.query.getAll(name).at(-1);
    case 'multivaluequerystring':
      return some(exchange.query.getAll(name));
    case 'header':
      return headers(exchange, name).at(-1);
    case 'multivalueheader':
      return some(headers(exchange, name));
    default:
      return ofBody(source.slice('body'.length), exchange.request.body);
  }
}

const some = (values: readonly string[]) => (values.length > 0 ? values : undefined);

const headers = ({ request }: Exchange, wanted: string): string[] =>
  [...sentHeaders(request)].flatMap(([name, value]) =>
    name.toLowerCase() === wanted.toLowerCase() ? [value] : [],
  );

function ofResponse(
  source: string,
  { headers: sent, body }: Backend,
): string | readonly string[] | undefined {
  const [, kind, name = ''] = /^(\w+)\.?(.*)$/s.exec(source) ?? [];
  if (kind === 'body') return ofBody(source.slice('body'.length), body);
  const value = sent[name.toLowerCase()];
  return kind === 'header' && Array.isArray(value) ? value.at(-1) : value;
}

/** The whole body, or what a JSONPath finds in it. */
function ofBody(path: string, body: Buffer): string | undefined {
  if (path === '') return body.toString();
  const text = `$${path}`;
  if (!isPath(text)) return undefined;
  let json: never;
  try {
    json = JSON.parse(body.toString()) as never;
  } catch {
    return undefined;
  }
  const found = evaluatePath(parsePath(text), { input: json, context: null, variable: () => undefined });
  return found === undefined || typeof found === 'string' ? found : JSON.stringify(found);
}
