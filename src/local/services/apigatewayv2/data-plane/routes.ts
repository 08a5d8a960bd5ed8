/**
 * Which route a request takes: a full match, else the longest greedy one, else `$default`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
import type { RouteRecord } from '../records.ts';

interface Candidate {
  readonly route: RouteRecord;
  readonly method: string;
  readonly segments: readonly string[];
}

export interface FoundRoute {
  readonly route: RouteRecord;
  readonly parameters: Readonly<Record<string, string>>;
}

export function createRouter(
  routes: readonly RouteRecord[],
): (method: string, path: string) => FoundRoute | undefined {
  const fallback = routes.find(({ RouteKey }) => RouteKey === '$default');
  const candidates = routes
    .filter((route) => route !== fallback)
    .map((route): Candidate => {
      const [method = '', path = '/'] = route.RouteKey.split(' ');
      return { route, method, segments: path.split('/').slice(1) };
    })
    .sort(bySpecificity);
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of candidates) {
      if (candidate.method !== method && candidate.method !== 'ANY') continue;
      const parameters = match(candidate.segments, segments);
      if (parameters) return { route: candidate.route, parameters };
    }
    return fallback && { route: fallback, parameters: {} };
  };
}

const rank = (segment: string | undefined): number =>
  segment === undefined || !/^\{.+\}$/.test(segment) ? 0 : segment.endsWith('+}') ? 2 : 1;

/** Without greedy variables first; then by what each part of the path says; a method before ANY. */
function bySpecificity(a: Candidate, b: Candidate): number {
  const greedy = rank(a.segments.at(-1)) - rank(b.segments.at(-1));
  if (rank(a.segments.at(-1)) === 2 || rank(b.segments.at(-1)) === 2) {
    if (greedy !== 0) return greedy;
    if (a.segments.length !== b.segments.length) return b.segments.length - a.segments.length;
  }
  for (let i = 0; i < Math.max(a.segments.length, b.segments.length); i++) {
    const difference = rank(a.segments[i]) - rank(b.segments[i]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}

function match(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [i, segment] of wanted.entries()) {
    const variable = /^\{(.+?)(\+?)\}$/.exec(segment);
    if (variable?.[2] === '+') {
      const rest = given.slice(i).join('/');
      if (rest === '') return undefined;
      parameters[variable[1] ?? ''] = rest;
      return parameters;
    }
    const value = given[i];
    if (value === undefined || (variable ? value === '' : value !== segment)) return undefined;
    if (variable) parameters[variable[1] ?? ''] = value;
  }
  return wanted.length === given.length ? parameters : undefined;
}
