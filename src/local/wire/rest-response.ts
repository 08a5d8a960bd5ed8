/** Answers of REST-JSON and REST-XML: which member of an output goes into the status, the headers and the body. */
import type { Readable } from 'node:stream';
import { eventStream, eventStreamType } from './event-stream.ts';
import { writeJson } from './json.ts';
import { oncePer } from './once.ts';
import type { ResponseOptions, WireResponse } from './protocol.ts';
import { writeText } from './scalar.ts';
import type { Member, OperationShape, StructureShape } from './shape.ts';
import { element, xmlDeclaration } from './xml.ts';

/** Made when an operation is first answered. */
interface OutputBinding {
  readonly status: number;
  readonly headers: readonly { readonly member: Member; readonly name: string }[];
  readonly prefixes: readonly { readonly member: Member; readonly prefix: string }[];
  /** The member that is the status. */
  readonly statusMember: Member | undefined;
  readonly payload: Member | undefined;
  /** The members that are in the body, when no member is the body. */
  readonly body: StructureShape | undefined;
}

const bindingOf = oncePer(compileBinding);

function compileBinding({ output, traits }: OperationShape): OutputBinding {
  const headers: { member: Member; name: string }[] = [];
  const prefixes: { member: Member; prefix: string }[] = [];
  const inBody: Member[] = [];
  let statusMember: Member | undefined;
  let payload: Member | undefined;
  for (const member of output.members) {
    const { httpHeader, httpPrefixHeaders, httpResponseCode, httpPayload } = member.traits;
    if (httpHeader) headers.push({ member, name: httpHeader.toLowerCase() });
    else if (httpPrefixHeaders !== undefined)
      prefixes.push({ member, prefix: httpPrefixHeaders.toLowerCase() });
    else if (httpResponseCode) statusMember = member;
    else if (httpPayload) payload = member;
    else inBody.push(member);
  }
  return {
    status: traits.http?.[2] ?? 200,
    headers,
    prefixes,
    statusMember,
    payload,
    body: inBody.length === 0 ? undefined : { ...output, members: inBody },
  };
}

export function writeRest(
  operation: OperationShape,
  output: Readonly<Record<string, unknown>>,
  options: ResponseOptions,
): WireResponse {
  const json = options.protocol === 'rest-json';
  const binding = bindingOf(operation);
  const headers: Record<string, string> = {
    [json ? 'x-amzn-requestid' : 'x-amz-request-id']: options.requestId,
  };
  for (const { member, name } of binding.headers) {
    const value = output[member.name];
    if (value !== undefined && value !== null) headers[name] = writeHeader(member, value);
  }
  for (const { member, prefix } of binding.prefixes)
    for (const [key, text] of Object.entries(output[member.name] ?? {}))
      headers[`${prefix}${key}`] = Buffer.from(String(text)).toString('latin1');
  const body =
    (binding.payload && writePayload(binding.payload, output[binding.payload.name], headers, options)) ??
    (binding.body && writeBody(operation, binding.body, output, headers, options));
  if (json && body !== undefined) headers['content-type'] ??= 'application/json';
  const stated = binding.statusMember && output[binding.statusMember.name];
  return {
    // The models have no word for it: an answer with a Content-Range is 206 Partial Content (RFC 9110, 15.3.7).
    status:
      headers['content-range'] !== undefined
        ? 206
        : typeof stated === 'number'
          ? stated
          : (options.statuses?.[operation.name] ?? binding.status),
    headers,
    body,
  };
}

function writeHeader({ shape, traits }: Member, value: unknown): string {
  if (typeof value === 'string')
    return traits.mediaType === 'application/json' ? Buffer.from(value).toString('base64') : value;
  return Array.isArray(value) ? value.map(String).join(', ') : writeText(shape, value, 'http-date');
}

function writePayload(
  { shape, traits }: Member,
  value: unknown,
  headers: Record<string, string>,
  options: ResponseOptions,
): WireResponse['body'] {
  if (value === undefined || value === null) return undefined;
  if (shape.kind === 'blob') return value as Uint8Array | Readable;
  if (shape.kind === 'string') return String(value);
  if (shape.kind === 'union' && shape.traits.streaming) {
    headers['content-type'] = eventStreamType;
    return eventStream(shape, value as AsyncIterable<Readonly<Record<string, unknown>>>);
  }
  if (options.protocol === 'rest-json') return JSON.stringify(writeJson(shape, value, true));
  if (shape.kind !== 'structure' && shape.kind !== 'union')
    throw new Error(`a ${shape.kind} cannot be an XML payload`);
  headers['content-type'] ??= 'application/xml';
  const name = traits.xmlName ?? shape.traits.xmlName ?? shape.name;
  return xmlDeclaration + rooted(element(name, shape, value, 'date-time'), name, options);
}

function writeBody(
  { name: operation, output: shape }: OperationShape,
  body: StructureShape,
  output: Readonly<Record<string, unknown>>,
  headers: Record<string, string>,
  options: ResponseOptions,
): string {
  if (options.protocol === 'rest-json') return JSON.stringify(writeJson(body, output, true));
  headers['content-type'] ??= 'application/xml';
  const [only] = body.members;
  if (only && options.unwrappedOutputs?.includes(operation)) {
    const name = only.traits.xmlName ?? only.name;
    return (
      xmlDeclaration + rooted(element(name, only.shape, output[only.name] ?? '', 'date-time'), name, options)
    );
  }
  const name = shape.traits.xmlName ?? shape.name;
  return xmlDeclaration + rooted(element(name, shape, output, 'date-time'), name, options);
}

/** The root element carries the namespace of the service, unless it has one of its own. */
function rooted(text: string, name: string, { xmlNamespace }: ResponseOptions): string {
  if (!xmlNamespace || text.startsWith(`<${name} xmlns=`)) return text;
  return `<${name} xmlns="${xmlNamespace}"${text.slice(name.length + 1)}`;
}
