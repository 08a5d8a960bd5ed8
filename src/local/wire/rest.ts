/**
 * HTTP bindings of REST-JSON and REST-XML, read from the server's side: which operation a request is for, and
 * how its path, query, headers and body become that operation's input.
 * Bindings: https://smithy.io/2.0/spec/http-bindings.html
 */
import type { Readable } from 'node:stream';
import { readJson } from './json.ts';
import { readText, WireInputError } from './scalar.ts';
import type { Member, OperationShape, ServiceSchema, Shape } from './shape.ts';
import { readXml } from './xml.ts';

export interface WireRequest {
  readonly method: string;
  /** The path as sent: still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whole body, unless the operation's payload streams. */
  readonly body: Buffer | Readable;
}

export interface RestRoute {
  readonly operation: OperationShape;
  readonly labels: Readonly<Record<string, string>>;
}

interface Template {
  readonly operation: OperationShape;
  readonly method: string;
  readonly segments: readonly ({ literal: string } | { label: string; greedy: boolean })[];
  readonly query: readonly (readonly [string, string])[];
  readonly literals: number;
  bindings: { required: readonly Member[] } | undefined;
}

/** @returns a function that finds the operation for a request, or undefined when the service has none. */
export function restRouter(schema: ServiceSchema) {
  const byMethod = new Map<string, Template[]>();
  for (const operation of schema.operations.values()) {
    const http = operation.traits.http;
    if (!http) continue;
    const [pathText, queryText = ''] = http[1].split('?') as [string, string?];
    const segments = pathText
      .split('/')
      .slice(1)
      .map((part) => {
        const label = /^\{([^}+]+)(\+?)\}$/.exec(part);
        return label ? { label: label[1] ?? '', greedy: label[2] === '+' } : { literal: part };
      });
    const query = [...new URLSearchParams(queryText)].filter(([key]) => key !== 'x-id');
    const template: Template = {
      operation,
      method: http[0],
      segments,
      query,
      literals: segments.filter((s) => 'literal' in s).length,
      bindings: undefined,
    };
    byMethod.set(http[0], [...(byMethod.get(http[0]) ?? []), template]);
  }

  /** @param accept narrows by what the path alone cannot tell (S3: whether the operation works on a bucket) */
  return (
    request: Pick<WireRequest, 'method' | 'path' | 'query' | 'headers'>,
    accept: (operation: OperationShape) => boolean = () => true,
  ): RestRoute | undefined => {
    const parts = request.path.split('/').slice(1);
    let best: { score: number; route: RestRoute } | undefined;
    for (const template of byMethod.get(request.method) ?? []) {
      const labels = match(template, parts);
      if (
        !labels ||
        !template.query.every(([k, v]) => request.query.has(k) && (v === '' || request.query.get(k) === v))
      )
        continue;
      if (!accept(template.operation)) continue;
      template.bindings ??= {
        required: template.operation.input.members.filter(
          (m) => m.required && (m.traits.httpQuery || m.traits.httpHeader),
        ),
      };
      const present = template.bindings.required.every((m) =>
        m.traits.httpQuery
          ? request.query.has(m.traits.httpQuery)
          : request.headers[(m.traits.httpHeader ?? '').toLowerCase()] !== undefined,
      );
      // A required query or header is what tells UploadPart from PutObject and CopyObject from PutObject.
      const score =
        template.query.length * 1000 +
        template.literals * 10 +
        (present ? template.bindings.required.length : -500);
      if (!best || score > best.score) best = { score, route: { operation: template.operation, labels } };
    }
    return best?.route;
  };
}

function match(template: Template, parts: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  const { segments } = template;
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (!segment) return undefined;
    if ('literal' in segment) {
      if (parts[i] !== segment.literal) return undefined;
    } else if (segment.greedy) {
      const after = segments.length - i - 1;
      const rest = parts.slice(i, parts.length - after);
      if (rest.length === 0 || (rest.length === 1 && rest[0] === '')) return undefined;
      labels[segment.label] = decode(rest.join('/'));
      for (let j = 1; j <= after; j++) {
        const tail = segments[i + j];
        if (!tail || !('literal' in tail) || parts[parts.length - after + j - 1] !== tail.literal)
          return undefined;
      }
      return labels;
    } else {
      const part = parts[i];
      if (!part) return undefined;
      labels[segment.label] = decode(part);
    }
  }
  return parts.length === segments.length ? labels : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WireInputError('path', `"${text}" is not valid percent-encoding`);
  }
}

export const hasStreamingPayload = (operation: OperationShape): boolean =>
  operation.input.members.some(
    (m) => m.traits.httpPayload && m.shape.kind === 'blob' && m.traits.streaming === 1,
  ) ||
  operation.input.members.some((m) => m.traits.httpPayload && m.shape.kind === 'blob' && m.shape.streaming);

export function readRest(
  route: RestRoute,
  request: WireRequest,
  body: 'json' | 'xml',
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const { input } = route.operation;
  const inBody: Member[] = [];
  let payload: Member | undefined;
  const boundQuery = new Set<string>();
  for (const member of input.members) {
    const { traits } = member;
    if (traits.httpLabel) {
      const label = route.labels[member.name];
      if (label !== undefined) out[member.name] = readText(member.shape, label, member.name, 'date-time');
    } else if (traits.httpQuery) {
      boundQuery.add(traits.httpQuery);
      const values = request.query.getAll(traits.httpQuery);
      const { shape } = member;
      if (values.length === 0) continue;
      out[member.name] =
        shape.kind === 'list'
          ? values.map((value) => readText(shape.item.shape, value, member.name, 'date-time'))
          : readText(shape, values[0] ?? '', member.name, 'date-time');
    } else if (traits.httpHeader) {
      const header = request.headers[traits.httpHeader.toLowerCase()];
      if (header === undefined || header === '') continue;
      out[member.name] = readHeader(member.shape, Array.isArray(header) ? header.join(',') : header, member);
    } else if (traits.httpPrefixHeaders !== undefined) {
      const prefix = traits.httpPrefixHeaders.toLowerCase();
      const found: Record<string, string> = {};
      for (const [name, value] of Object.entries(request.headers))
        if (name.startsWith(prefix) && value !== undefined)
          found[name.slice(prefix.length)] = Buffer.from(
            Array.isArray(value) ? value.join(',') : value,
            'latin1',
          ).toString();
      if (Object.keys(found).length > 0) out[member.name] = found;
    } else if (traits.httpPayload) payload = member;
    else if (!traits.httpQueryParams) inBody.push(member);
  }
  const everyQuery = input.members.find((m) => m.traits.httpQueryParams);
  if (everyQuery)
    out[everyQuery.name] = Object.fromEntries([...request.query].filter(([key]) => !boundQuery.has(key)));

  if (payload) {
    const value = readPayload(payload, request.body, body);
    if (value !== undefined) out[payload.name] = value;
  } else if (inBody.length > 0 && Buffer.isBuffer(request.body) && request.body.length > 0) {
    const rest = {
      kind: 'structure',
      name: input.name,
      traits: {},
      members: inBody,
      byName: new Map(inBody.map((m) => [m.name, m])),
    } as const;
    Object.assign(
      out,
      body === 'json'
        ? readJson(rest, parseJson(request.body), '', true)
        : readXml(rest, request.body.toString(), ''),
    );
  }
  return out;
}

function readHeader(shape: Shape, text: string, member: Member): unknown {
  if (shape.kind === 'list')
    return text.split(',').map((item) => readText(shape.item.shape, item.trim(), member.name, 'http-date'));
  if (shape.kind === 'string' && member.traits.mediaType === 'application/json')
    return Buffer.from(text, 'base64').toString();
  return readText(shape, text, member.name, 'http-date');
}

function readPayload(member: Member, body: Buffer | Readable, kind: 'json' | 'xml'): unknown {
  if (!Buffer.isBuffer(body)) return body;
  if (member.shape.kind === 'blob') return new Uint8Array(body.buffer, body.byteOffset, body.length);
  if (body.length === 0) return undefined;
  if (member.shape.kind === 'string') return body.toString();
  return kind === 'json'
    ? readJson(member.shape, parseJson(body), member.name, true)
    : readXml(member.shape, body.toString(), member.name);
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw new WireInputError('', `the body is not valid JSON: ${(error as Error).message}`);
  }
}
