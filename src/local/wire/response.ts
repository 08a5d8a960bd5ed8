/** Answers and errors of every protocol, written from an operation's output. */
import type { Readable } from 'node:stream';
import { writeJson } from './json.ts';
import { writeText } from './scalar.ts';
import type { OperationShape, ServiceSchema, StructureShape } from './shape.ts';
import { element, escapeXml, writeXmlMembers } from './xml.ts';

export type ProtocolKind = 'json1.0' | 'json1.1' | 'query' | 'rest-json' | 'rest-xml';

export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | Readable | undefined;
}

export interface ResponseOptions {
  readonly protocol: ProtocolKind;
  readonly requestId: string;
  readonly xmlNamespace?: string | undefined;
}

export function writeResponse(
  operation: OperationShape,
  output: Record<string, unknown>,
  options: ResponseOptions,
): WireResponse {
  const { protocol, requestId } = options;
  switch (protocol) {
    case 'json1.0':
    case 'json1.1': {
      const unit = operation.output.members.length === 0;
      return {
        status: 200,
        headers: {
          'content-type':
            protocol === 'json1.0' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1',
          'x-amzn-requestid': requestId,
        },
        body: unit ? '{}' : JSON.stringify(writeJson(operation.output, output, false)),
      };
    }
    case 'query': {
      const { output: shape, name } = operation;
      const result =
        shape.name === 'Unit'
          ? ''
          : `<${name}Result>${writeXmlMembers(shape, output, 'date-time')}</${name}Result>`;
      return {
        status: 200,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
        body: `<${name}Response xmlns="${options.xmlNamespace ?? ''}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${name}Response>`,
      };
    }
    default:
      return writeRest(operation, output, options);
  }
}

function writeRest(
  operation: OperationShape,
  output: Record<string, unknown>,
  options: ResponseOptions,
): WireResponse {
  const json = options.protocol === 'rest-json';
  const headers: Record<string, string> = {
    [json ? 'x-amzn-requestid' : 'x-amz-request-id']: options.requestId,
  };
  let status = operation.traits.http?.[2] ?? 200;
  let body: WireResponse['body'];
  let inBody = false;
  for (const member of operation.output.members) {
    const { traits } = member;
    const value = output[member.name];
    if (traits.httpHeader) {
      if (value === undefined || value === null) continue;
      headers[traits.httpHeader.toLowerCase()] =
        member.shape.kind === 'list'
          ? (value as unknown[]).map(String).join(', ')
          : traits.mediaType === 'application/json'
            ? Buffer.from(String(value)).toString('base64')
            : writeText(member.shape, value, 'http-date');
    } else if (traits.httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries((value as Record<string, string> | undefined) ?? {}))
        headers[`${traits.httpPrefixHeaders.toLowerCase()}${key}`] = Buffer.from(text).toString('latin1');
    } else if (traits.httpResponseCode) {
      if (typeof value === 'number') status = value;
    } else if (traits.httpPayload) {
      if (value === undefined || value === null) continue;
      if (member.shape.kind === 'blob') body = value as Uint8Array | Readable;
      else if (member.shape.kind === 'string') body = String(value);
      else if (json) body = JSON.stringify(writeJson(member.shape, value, true));
      else {
        const shape = member.shape as StructureShape;
        headers['content-type'] ??= 'application/xml';
        body =
          declaration + rooted(shape, traits.xmlName ?? shape.traits.xmlName ?? shape.name, value, options);
      }
    } else inBody = true;
  }
  if (inBody && body === undefined) {
    if (json) {
      const members = operation.output.members.filter(
        (m) => !m.traits.httpHeader && !m.traits.httpResponseCode && m.traits.httpPrefixHeaders === undefined,
      );
      body = JSON.stringify(writeJson({ ...operation.output, members }, output, true));
    } else {
      const { output: shape } = operation;
      headers['content-type'] ??= 'application/xml';
      // S3 answers this one operation with a bare element (s3UnwrappedXmlOutput):
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
      body =
        operation.name === 'GetBucketLocation'
          ? `${declaration}<LocationConstraint xmlns="${options.xmlNamespace}">${escapeXml(String(output.LocationConstraint ?? ''))}</LocationConstraint>`
          : declaration + rooted(shape, shape.traits.xmlName ?? shape.name, output, options);
    }
  }
  if (json && body !== undefined) headers['content-type'] ??= 'application/json';
  // The models have no word for it: an answer with a Content-Range is 206 Partial Content (RFC 9110, 15.3.7).
  if (headers['content-range'] !== undefined) status = 206;
  return { status, headers, body };
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

function rooted(shape: StructureShape, name: string, value: unknown, options: ResponseOptions): string {
  const text = element(name, shape, value, 'date-time');
  if (!options.xmlNamespace || text.startsWith(`<${name} xmlns=`)) return text;
  return `<${name} xmlns="${options.xmlNamespace}"${text.slice(name.length + 1)}`;
}

export interface WireErrorFields {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly fault: 'Sender' | 'Receiver';
  /** Further members of the error's shape, and extra elements of S3's error document. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export function writeError(
  error: WireErrorFields,
  schema: ServiceSchema,
  options: ResponseOptions & { readonly bareXmlErrors?: boolean },
): WireResponse {
  const shape = schema.errors.get(error.code);
  const query = shape?.traits.awsQueryError;
  const { protocol, requestId } = options;
  switch (protocol) {
    case 'json1.0':
    case 'json1.1':
    case 'rest-json': {
      const members =
        shape && error.members
          ? (writeJson(shape, error.members, protocol === 'rest-json') as object)
          : (error.members ?? {});
      const headers: Record<string, string> = {
        'content-type':
          protocol === 'rest-json'
            ? 'application/json'
            : `application/x-amz-${protocol.replace('json', 'json-')}`,
        'x-amzn-requestid': requestId,
      };
      if (protocol === 'rest-json') headers['x-amzn-errortype'] = error.code;
      if (query) headers['x-amzn-query-error'] = `${query[0]};${error.fault}`;
      const messageKey = shape?.byName.has('Message') && !shape.byName.has('message') ? 'Message' : 'message';
      return {
        status: error.status,
        headers,
        body: JSON.stringify({ __type: error.code, [messageKey]: error.message, ...members }),
      };
    }
    case 'query': {
      const code = query?.[0] ?? error.code;
      return {
        status: error.status,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
        body: `<ErrorResponse xmlns="${options.xmlNamespace ?? ''}"><Error><Type>${error.fault}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
    case 'rest-xml': {
      const extra = Object.entries(error.members ?? {})
        .map(([key, value]) => `<${key}>${escapeXml(String(value))}</${key}>`)
        .join('');
      const fields = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${extra}`;
      return {
        status: error.status,
        headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
        body: options.bareXmlErrors
          ? `${declaration}<Error>${fields}<RequestId>${requestId}</RequestId></Error>`
          : `${declaration}<ErrorResponse xmlns="${options.xmlNamespace ?? ''}"><Error><Type>${error.fault}</Type>${fields}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    }
  }
}
