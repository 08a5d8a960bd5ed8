/**
 * Verifies AWS Signature Version 4, in headers and in presigned URLs. Signature Version 2 and SigV4A are
 * refused by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { type HttpHead, headerOf } from '../wire/rest.ts';

interface SignedScope {
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
  /** Names in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Presigned URLs: seconds the URL is good for. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

type SignatureProblem =
  | { readonly kind: 'none' }
  | { readonly kind: 'unsupported'; readonly detail: string }
  | { readonly kind: 'incomplete'; readonly detail: string };

export type FoundSignature = { readonly parts: SignatureParts } | { readonly problem: SignatureProblem };

/** Finds the signature of a request, without checking it. */
export function findSignature(request: HttpHead): FoundSignature {
  const authorization = headerOf(request, 'authorization');
  return authorization === undefined ? inQuery(request.query) : inHeader(authorization, request);
}

const incomplete = (detail: string): FoundSignature => ({ problem: { kind: 'incomplete', detail } });

function inHeader(authorization: string, request: HttpHead): FoundSignature {
  if (!authorization.startsWith(algorithm))
    return { problem: { kind: 'unsupported', detail: authorization.split(' ')[0] ?? '' } };
  const { scope, signedHeaders, signature, names } = readAuthorization(authorization);
  if (!scope || !signature || !signedHeaders)
    return incomplete(
      `Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters; got ${names.join(', ') || 'none'}.`,
    );
  const timestamp = headerOf(request, 'x-amz-date') ?? '';
  if (!timestampForm.test(timestamp))
    return incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  const sessionToken = headerOf(request, 'x-amz-security-token');
  return {
    parts: {
      accessKeyId: scope.accessKeyId,
      date: scope.date,
      region: scope.region,
      service: scope.service,
      presigned: false,
      timestamp,
      signature,
      signedHeaders,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
  };
}

const algorithm = 'AWS4-HMAC-SHA256';
const timestampForm = /^\d{8}T\d{6}Z$/;

interface Authorization {
  readonly scope: SignedScope | undefined;
  readonly signedHeaders: readonly string[] | undefined;
  readonly signature: string | undefined;
  /** Of the parameters that are there. */
  readonly names: readonly string[];
}

/** All but the signature is the same in many requests of a client: credential, scope and names of headers. */
const readHeads = new Map<string, Authorization>();

function readAuthorization(text: string): Authorization {
  const mark = text.lastIndexOf('Signature=');
  const signature = text.slice(mark + 'Signature='.length);
  // Clients put the signature last; what has it elsewhere is read anew each time.
  if (mark < 0 || signature.includes(',')) return readParameters(text);
  const head = text.slice(0, mark);
  let known = readHeads.get(head);
  if (!known) {
    known = readParameters(head);
    if (readHeads.size >= 1000) readHeads.clear();
    readHeads.set(head, known);
  }
  return { ...known, signature: signature.trim(), names: [...known.names, 'Signature'] };
}

function readParameters(text: string): Authorization {
  const fields = new Map<string, string>();
  for (const part of text.slice(algorithm.length).split(',')) {
    if (part.trim() === '') continue;
    const equals = part.indexOf('=');
    fields.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return {
    scope: readScope(fields.get('Credential')),
    signedHeaders: fields.get('SignedHeaders')?.split(';'),
    signature: fields.get('Signature'),
    names: [...fields.keys()],
  };
}

function inQuery(query: URLSearchParams): FoundSignature {
  if (query.has('X-Amz-Signature')) {
    const named = query.get('X-Amz-Algorithm');
    if (named !== algorithm) return { problem: { kind: 'unsupported', detail: named ?? '' } };
    const scope = readScope(query.get('X-Amz-Credential') ?? undefined);
    const timestamp = query.get('X-Amz-Date') ?? '';
    const expires = Number(query.get('X-Amz-Expires'));
    const sessionToken = query.get('X-Amz-Security-Token');
    if (
      !scope ||
      !timestampForm.test(timestamp) ||
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
        ...(sessionToken === null ? {} : { sessionToken }),
      },
    };
  }
  if (query.has('Signature') && query.has('AWSAccessKeyId'))
    return { problem: { kind: 'unsupported', detail: 'AWS signature version 2' } };
  return { problem: { kind: 'none' } };
}

export function readScope(credential: string | undefined): SignedScope | undefined {
  const parts = credential?.split('/');
  if (!parts || parts.length < 5 || parts.at(-1) !== 'aws4_request') return undefined;
  const [service, region, date] = [parts.at(-2), parts.at(-3), parts.at(-4)];
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!service || !region || !date || !accessKeyId) return undefined;
  return { accessKeyId, date, region, service };
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256Hex = (data: Uint8Array | string): string => hash('sha256', data, 'hex');

/** Derived keys are the same all day; deriving one costs four HMACs. */
const signingKeys = new Map<string, Buffer>();

export function signingKey(secret: string, scope: SignedScope): Buffer {
  const id = `${scope.accessKeyId}/${scope.date}/${scope.region}/${scope.service}/${secret}`;
  let key = signingKeys.get(id);
  if (!key) {
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.date), scope.region), scope.service), 'aws4_request');
    if (signingKeys.size >= 1000) signingKeys.clear();
    signingKeys.set(id, key);
  }
  return key;
}

export const scopeText = (scope: SignedScope): string =>
  `${scope.date}/${scope.region}/${scope.service}/aws4_request`;

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: URLSearchParams): string {
  if (query.size === 0) return '';
  const pairs: [string, string][] = [];
  for (const [key, value] of query) if (key !== 'X-Amz-Signature') pairs.push([encode(key), encode(value)]);
  pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
  return pairs.map(([key, value]) => `${key}=${value}`).join('&');
}

/** Nothing in it is encoded, and nothing needs to be. */
const plainPath = /^[A-Za-z0-9\-._~/]*$/;

function canonicalPath(path: string, asSent: boolean): string {
  if (plainPath.test(path)) return path;
  return path
    .split('/')
    .map((part) => encode(asSent ? safeDecode(part) : part))
    .join('/');
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const twoSpaces = /^ | {2}| $/;

/**
 * What the client signed.
 * @param payloadHash the hex SHA-256, or one of S3's markers
 * @param pathAsSent S3 signs the path as it was sent; every other service encodes it once more
 */
export function stringToSign(
  parts: SignatureParts,
  request: HttpHead,
  payloadHash: string,
  pathAsSent: boolean,
): string {
  let canonical = `${request.method}\n${canonicalPath(request.path, pathAsSent)}\n${canonicalQuery(request.query)}\n`;
  for (const name of parts.signedHeaders) {
    const value = headerOf(request, name) ?? '';
    canonical += `${name}:${twoSpaces.test(value) ? value.trim().replace(/ +/g, ' ') : value}\n`;
  }
  canonical += `\n${parts.signedHeaders.join(';')}\n${payloadHash}`;
  return `${algorithm}\n${parts.timestamp}\n${scopeText(parts)}\n${sha256Hex(canonical)}`;
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
