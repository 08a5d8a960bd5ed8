/**
 * HTTP bindings of REST-JSON and REST-XML, read from the server's side: how path, query, headers and body of a
 * request become an operation's input. Bindings: https://smithy.io/2.0/spec/http-bindings.html
 */
import { define } from './define.ts';
import { parseJson, readJson } from './json.ts';
import { oncePer } from './once.ts';
import { readText, WireInputError } from './scalar.ts';
import type { Member, OperationShape, Shape, StructureShape } from './shape.ts';
import { readXml } from './xml-reader.ts';

/** A request without its body. */
export interface HttpHead {
  readonly method: string;
  /** The path as sent: still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values in turns, as they came. */
  readonly rawHeaders?: readonly string[];
}

/** Headers that came more than once are one text. */
export function headerOf({ headers }: Pick<HttpHead, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value.join(',') : value;
}

/** The same, with the values of a header that came more than once joined by "," alone; undefined when none did. */
export function withRepeatedHeaders(head: HttpHead): HttpHead | undefined {
  const { rawHeaders = [] } = head;
  const values = new Map<string, string>();
  let repeated = false;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    const value = rawHeaders[i + 1] ?? '';
    const before = values.get(name);
    if (before !== undefined) repeated = true;
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return repeated ? { ...head, headers: Object.fromEntries(values) } : undefined;
}

/** The operation that a request is for, and the labels in its path. */
export interface RestRoute {
  readonly operation: OperationShape;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where each member of an input is found; made when an operation is first called. */
interface InputBinding {
  readonly labels: readonly Member[];
  readonly queries: readonly { readonly member: Member; readonly key: string }[];
  readonly headers: ReadonlyMap<string, Member>;
  readonly prefixes: readonly { readonly member: Member; readonly prefix: string }[];
  /** Takes every query parameter that no other member takes. */
  readonly everyQuery: { readonly name: string; readonly bound: ReadonlySet<string> } | undefined;
  readonly payload: Member | undefined;
  /** The members that are in the body, when no member is the body. */
  readonly body: StructureShape | undefined;
  /** The name of a payload that may stream. */
  readonly stream: string | undefined;
}

const bindingOf = oncePer(compileBinding);

function compileBinding({ input, traits: { http } }: OperationShape): InputBinding {
  const { members } = input;
  const labels = members.filter(({ traits }) => traits.httpLabel);
  const queries = members.flatMap((member) =>
    member.traits.httpQuery ? [{ member, key: member.traits.httpQuery }] : [],
  );
  const headers = new Map(
    members.flatMap((member): [string, Member][] =>
      member.traits.httpHeader ? [[member.traits.httpHeader.toLowerCase(), member]] : [],
    ),
  );
  const prefixes = members.flatMap((member) =>
    member.traits.httpPrefixHeaders === undefined
      ? []
      : [{ member, prefix: member.traits.httpPrefixHeaders.toLowerCase() }],
  );
  const payload = members.find(({ traits }) => traits.httpPayload);
  const everyQuery = members.find(({ traits }) => traits.httpQueryParams);
  const bound: ReadonlySet<Member | undefined> = new Set([
    ...labels,
    ...headers.values(),
    ...[...queries, ...prefixes].map(({ member }) => member),
    payload,
    everyQuery,
  ]);
  const inBody = members.filter((member) => !bound.has(member));
  return {
    labels,
    queries,
    headers,
    prefixes,
    everyQuery: everyQuery && {
      name: everyQuery.name,
      // `?mode=import` of the operation's own address is no parameter.
      bound: new Set([
        ...queries.map(({ key }) => key),
        ...new URLSearchParams(http?.[1].split('?')[1] ?? '').keys(),
      ]),
    },
    payload,
    body:
      payload || inBody.length === 0
        ? undefined
        : {
            kind: 'structure',
            name: input.name,
            traits: {},
            members: inBody,
            byName: new Map(inBody.map((member) => [member.name, member])),
          },
    stream:
      payload?.shape.kind === 'blob' && (payload.traits.streaming === 1 || payload.shape.streaming)
        ? payload.name
        : undefined,
  };
}

/** The input member that is a body which may stream. */
export const streamingPayload = (operation: OperationShape): string | undefined =>
  bindingOf(operation).stream;

export function readRest(
  { operation, labels }: RestRoute,
  request: HttpHead,
  /** Whole; undefined where the operation's payload streams, which is read later. */
  given: Buffer | undefined,
  kind: 'json' | 'xml',
): Record<string, unknown> {
  const binding = bindingOf(operation);
  const out: Record<string, unknown> = {};
  for (const { name, shape } of binding.labels) {
    const label = labels[name];
    if (label !== undefined) out[name] = readText(shape, label, name, 'date-time');
  }
  if (request.query.size > 0) readQueryMembers(binding, request.query, out);
  else if (binding.everyQuery) out[binding.everyQuery.name] = {};
  for (const name of Object.keys(request.headers)) readHeaderMembers(binding, request, name, out);
  const { payload, body } = binding;
  if (given === undefined) return out;
  if (payload) {
    const value = readPayload(payload, given, kind);
    if (value !== undefined) out[payload.name] = value;
  } else if (body && given.length > 0) {
    Object.assign(
      out,
      kind === 'json' ? readJson(body, parseJson(given), '', true) : readXml(body, given.toString(), ''),
    );
  }
  return out;
}

function readQueryMembers(
  { queries, everyQuery }: InputBinding,
  query: URLSearchParams,
  out: Record<string, unknown>,
): void {
  for (const { member, key } of queries) {
    const { name, shape } = member;
    const values = query.getAll(key);
    if (values.length === 0 || (shape.kind === 'number' && values[0] === '')) continue;
    out[name] =
      shape.kind === 'list'
        ? values.map((value) => readParameter(shape.item.shape, value, name, key))
        : readParameter(shape, values[0] ?? '', name, key);
  }
  if (everyQuery)
    out[everyQuery.name] = Object.fromEntries([...query].filter(([key]) => !everyQuery.bound.has(key)));
}

function readParameter(shape: Shape, text: string, path: string, key: string): unknown {
  try {
    return readText(shape, text, path, 'date-time');
  } catch (error) {
    if (!(error instanceof WireInputError)) throw error;
    throw new WireInputError(error.path, error.problem, error.kind, {
      name: key,
      value: text,
      expected: shape.kind,
    });
  }
}

/** A request has few headers, and an operation of S3 takes dozens. */
function readHeaderMembers(
  { headers, prefixes }: InputBinding,
  request: HttpHead,
  name: string,
  out: Record<string, unknown>,
): void {
  const member = headers.get(name);
  const text = headerOf(request, name);
  if (text === undefined) return;
  if (member && text !== '') out[member.name] = readHeader(member, text);
  for (const { member: map, prefix } of prefixes) {
    if (!name.startsWith(prefix)) continue;
    const values = { ...(out[map.name] ?? {}) };
    define(values, name.slice(prefix.length), Buffer.from(text, 'latin1').toString());
    out[map.name] = values;
  }
}

function readHeader({ name, shape, traits }: Member, text: string): unknown {
  if (shape.kind === 'list')
    return text.split(',').map((item) => readText(shape.item.shape, item.trim(), name, 'http-date'));
  if (shape.kind === 'string' && traits.mediaType === 'application/json')
    return Buffer.from(text, 'base64').toString();
  return readText(shape, text, name, 'http-date');
}

function readPayload(member: Member, body: Buffer, kind: 'json' | 'xml'): unknown {
  const shape: Shape = member.shape;
  if (shape.kind === 'blob') return new Uint8Array(body.buffer, body.byteOffset, body.length);
  if (body.length === 0) return undefined;
  if (shape.kind === 'string') return body.toString();
  return kind === 'json'
    ? readJson(shape, parseJson(body), member.name, true)
    : readXml(shape, body.toString(), member.name);
}
