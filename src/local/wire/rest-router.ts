/** Which operation a REST request is for. https://smithy.io/2.0/spec/http-bindings.html#http-trait */
import type { HttpHead, RestRoute } from './rest.ts';
import { WireInputError } from './scalar.ts';
import type { Member, OperationShape, ServiceSchema } from './shape.ts';

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'label'; readonly name: string }
  | { readonly kind: 'greedy'; readonly name: string };

interface Template {
  readonly operation: OperationShape;
  readonly segments: readonly Segment[];
  readonly query: readonly (readonly [string, string])[];
  /** How much the path and the query say. */
  readonly weight: number;
  /** A required query parameter or header tells UploadPart and CopyObject from PutObject. */
  readonly required: readonly ((head: HttpHead) => boolean)[];
}

/** @param outsideValue of the member that the paths leave out, when the request has one */
export type RestRouter = (head: HttpHead, path: string, outsideValue?: string) => RestRoute | undefined;

/**
 * @param outside a member that the paths leave out; an operation that takes it is only found when it is given
 * @returns finds the operation of a request, or undefined when the service has none
 */
export function restRouter(schema: ServiceSchema, outside?: string): RestRouter {
  const templates = new Map<string, Template[]>();
  const keyOf = (method: string, takesOutside: boolean) => `${method} ${takesOutside}`;
  for (const operation of schema.operations.values()) {
    const http = operation.traits.http;
    if (!http) continue;
    const takes = outside !== undefined && operation.input.byName.get(outside)?.traits.httpLabel === 1;
    const key = keyOf(http[0], takes);
    templates.set(key, [...(templates.get(key) ?? []), compileTemplate(operation, http[1])]);
  }

  return (head, path, outsideValue) => {
    const parts = path.split('/').slice(1);
    let best: Template | undefined;
    let bestScore = Number.NEGATIVE_INFINITY;
    for (const template of templates.get(keyOf(head.method, outsideValue !== undefined)) ?? []) {
      if (!matches(template.segments, parts)) continue;
      if (!template.query.every(([k, v]) => head.query.has(k) && (v === '' || head.query.get(k) === v)))
        continue;
      const present = template.required.every((isThere) => isThere(head));
      const score = template.weight + (present ? template.required.length : -500);
      if (score > bestScore) [best, bestScore] = [template, score];
    }
    if (!best) return undefined;
    const labels = readLabels(best.segments, parts);
    if (outside !== undefined && outsideValue !== undefined) labels[outside] = decode(outsideValue);
    return { operation: best.operation, labels };
  };
}

function compileTemplate(operation: OperationShape, uri: string): Template {
  const mark = uri.indexOf('?');
  const segments = (mark < 0 ? uri : uri.slice(0, mark))
    .split('/')
    .slice(1)
    .map((text): Segment => {
      const label = /^\{([^}+]+)(\+?)\}$/.exec(text);
      if (!label) return { kind: 'literal', text };
      return { kind: label[2] === '+' ? 'greedy' : 'label', name: label[1] ?? '' };
    });
  const query = [...new URLSearchParams(mark < 0 ? '' : uri.slice(mark + 1))].filter(
    ([key]) => key !== 'x-id',
  );
  const literals = segments.filter(({ kind }) => kind === 'literal').length;
  return {
    operation,
    segments,
    query,
    weight: query.length * 1000 + literals * 10,
    required: operation.input.members.flatMap(requirement),
  };
}

function requirement({ required, traits }: Member): ((head: HttpHead) => boolean)[] {
  const { httpQuery, httpHeader } = traits;
  if (!required) return [];
  if (httpQuery !== undefined) return [(head) => head.query.has(httpQuery)];
  if (httpHeader === undefined) return [];
  const name = httpHeader.toLowerCase();
  return [(head) => head.headers[name] !== undefined];
}

/** A greedy label takes all that what follows it leaves, at least one part that is not empty. */
function matches(segments: readonly Segment[], parts: readonly string[]): boolean {
  for (const [i, segment] of segments.entries()) {
    const part = parts[i];
    if (segment.kind === 'greedy') {
      const after = segments.length - i - 1;
      const taken = parts.length - after - i;
      if (taken < 1 || (taken === 1 && part === '')) return false;
      return segments
        .slice(i + 1)
        .every((tail, j) => tail.kind === 'literal' && parts[parts.length - after + j] === tail.text);
    }
    if (segment.kind === 'literal' ? part !== segment.text : !part) return false;
  }
  return parts.length === segments.length;
}

function readLabels(segments: readonly Segment[], parts: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [i, segment] of segments.entries()) {
    if (segment.kind === 'greedy') {
      labels[segment.name] = decode(parts.slice(i, parts.length - (segments.length - i - 1)).join('/'));
      break;
    }
    if (segment.kind === 'label') labels[segment.name] = decode(parts[i] ?? '');
  }
  return labels;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WireInputError('path', `"${text}" is not valid percent-encoding`, 'malformed-path');
  }
}
