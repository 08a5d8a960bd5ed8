/**
 * Verifies AWS Signature Version 4, in headers and in presigned URLs. Signature Version 2 and SigV4A are
 * refused by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../wire/rest.ts';

export interface SignedScope {
  readonly accessKeyId: string;
  /** yyyymmdd */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface SignatureParts extends SignedScope {
  readonly presigned: boolean;
  /** yyyymmddThhmmssZ */
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Presigned URLs: seconds the URL is good for. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

export type SignatureProblem =
  | { readonly kind: 'none' }
  | { readonly kind: 'unsupported'; readonly detail: string }
  | { readonly kind: 'incomplete'; readonly detail: string };

const header = (request: Pick<WireRequest, 'headers'>, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

export type FoundSignature = { readonly parts: SignatureParts } | { readonly problem: SignatureProblem };

/** Read once per request: the edge asks when it identifies the service and when it authenticates. */
const read = new WeakMap<object, FoundSignature>();

/** Finds the signature of a request, without checking it. */
export function readSignature(request: Pick<WireRequest, 'headers' | 'query'>): FoundSignature {
  let found = read.get(request.headers);
  if (!found) {
    found = findSignature(request);
    read.set(request.headers, found);
  }
  return found;
}

function findSignature(request: Pick<WireRequest, 'headers' | 'query'>): FoundSignature {
  const authorization = header(request, 'authorization');
  const incomplete = (detail: string) => ({ problem: { kind: 'incomplete', detail } as const });
  if (authorization !== undefined) {
    if (!authorization.startsWith('AWS4-HMAC-SHA256'))
      return { problem: { kind: 'unsupported', detail: authorization.split(' ')[0] ?? '' } };
    const fields = new Map(
      authorization
        .slice('AWS4-HMAC-SHA256'.length)
        .split(',')
        .map((part): [string, string] => {
          const at = part.indexOf('=');
          return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
        }),
    );
    const scope = readScope(fields.get('Credential'));
    const signature = fields.get('Signature');
    const signedHeaders = fields.get('SignedHeaders');
    if (!scope || !signature || !signedHeaders)
      return incomplete(
        `Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters; got ${[...fields.keys()].join(', ') || 'none'}.`,
      );
    const timestamp = header(request, 'x-amz-date') ?? '';
    if (!/^\d{8}T\d{6}Z$/.test(timestamp))
      return incomplete(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
      );
    return {
      parts: {
        ...scope,
        presigned: false,
        timestamp,
        signature,
        signedHeaders: signedHeaders.split(';'),
        ...token(header(request, 'x-amz-security-token')),
      },
    };
  }
  const { query } = request;
  if (query.has('X-Amz-Signature')) {
    const algorithm = query.get('X-Amz-Algorithm');
    if (algorithm !== 'AWS4-HMAC-SHA256')
      return { problem: { kind: 'unsupported', detail: algorithm ?? '' } };
    const scope = readScope(query.get('X-Amz-Credential') ?? undefined);
    const timestamp = query.get('X-Amz-Date') ?? '';
    const expires = Number(query.get('X-Amz-Expires'));
    if (
      !scope ||
      !/^\d{8}T\d{6}Z$/.test(timestamp) ||
      !Number.isInteger(expires) ||
      expires < 0 ||
      expires > 604800
    )
      return incomplete(
        'Query-string authentication requires X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires (0 to 604800).',
      );
    return {
      parts: {
        ...scope,
        presigned: true,
        timestamp,
        expires,
        signature: query.get('X-Amz-Signature') ?? '',
        signedHeaders: (query.get('X-Amz-SignedHeaders') ?? 'host').split(';'),
        ...token(query.get('X-Amz-Security-Token') ?? undefined),
      },
    };
  }
  if (query.has('Signature') && query.has('AWSAccessKeyId'))
    return { problem: { kind: 'unsupported', detail: 'AWS signature version 2' } };
  return { problem: { kind: 'none' } };
}

const token = (sessionToken: string | undefined) => (sessionToken === undefined ? {} : { sessionToken });

function readScope(credential: string | undefined): SignedScope | undefined {
  const parts = credential?.split('/');
  if (!parts || parts.length < 5 || parts.at(-1) !== 'aws4_request') return undefined;
  const [service, region, date] = [parts.at(-2), parts.at(-3), parts.at(-4)];
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!service || !region || !date || !accessKeyId) return undefined;
  return { accessKeyId, date, region, service };
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256Hex = (data: Uint8Array | string): string =>
  createHash('sha256').update(data).digest('hex');

/** Derived keys are the same all day; deriving one costs four HMACs. */
const signingKeys = new Map<string, Buffer>();

export function signingKey(secret: string, scope: SignedScope): Buffer {
  const id = `${scope.accessKeyId}/${scope.date}/${scope.region}/${scope.service}/${secret}`;
  let key = signingKeys.get(id);
  if (!key) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.date), scope.region), scope.service), 'aws4_request');
    if (signingKeys.size > 1000) signingKeys.clear();
    signingKeys.set(id, key);
  }
  return key;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: URLSearchParams): string {
  const pairs: [string, string][] = [];
  for (const [key, value] of query) if (key !== 'X-Amz-Signature') pairs.push([encode(key), encode(value)]);
  pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  return pairs.map(([key, value]) => `${key}=${value}`).join('&');
}

/** S3 signs the path as sent; every other service encodes it once more. */
const canonicalPath = (path: string, service: string): string =>
  service === 's3'
    ? path
        .split('/')
        .map((part) => encode(safeDecode(part)))
        .join('/')
    : path.split('/').map(encode).join('/');

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the client signed. `payloadHash` is the hex SHA-256, or one of S3's markers. */
export function stringToSign(parts: SignatureParts, request: WireRequest, payloadHash: string): string {
  const canonical = [
    request.method,
    canonicalPath(request.path, parts.service),
    canonicalQuery(request.query),
    ...parts.signedHeaders.map(
      (name) => `${name}:${(header(request, name) ?? '').trim().replace(/ +/g, ' ')}`,
    ),
    '',
    parts.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scope = `${parts.date}/${parts.region}/${parts.service}/aws4_request`;
  return `AWS4-HMAC-SHA256\n${parts.timestamp}\n${scope}\n${sha256Hex(canonical)}`;
}

export function signatureMatches(parts: SignatureParts, text: string, secret: string): boolean {
  const expected = hmac(signingKey(secret, parts), text);
  const given = Buffer.from(parts.signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** ms since the epoch of an X-Amz-Date, `yyyymmddThhmmssZ`. */
export const timestampOf = (timestamp: string): number => {
  const part = (from: number, to: number) => Number(timestamp.slice(from, to));
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(9, 11), part(11, 13), part(13, 15));
};
