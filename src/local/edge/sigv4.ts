/**
 * Computes AWS Signature Version 4 as a client does, to compare it with the one that came.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { type HttpHead, headerOf } from '../wire/rest.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

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
  /** Names in the order in which they were signed. */
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
  /** Presigned URLs: seconds the URL is good for. S3 wants it; others take URLs without. */
  readonly expires?: number;
  readonly sessionToken?: string;
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
export const sha256Hex = (data: Uint8Array | string): string => hash('sha256', data, 'hex');

/**
 * A key with what HMAC derives from it. Two hashes at once cost half of an Hmac object, which every request would make.
 * https://www.rfc-editor.org/rfc/rfc2104#section-2
 */
interface SigningKey {
  readonly key: Buffer;
  /** Each is hashed before what is signed, or before the hash of that. */
  readonly inner: Buffer;
  readonly outer: Buffer;
}

/** Bytes of a block of SHA-256. */
const blockSize = 64;
/** Of a short text to sign; a longer one has a block of its own. */
const room = 1024;

function prepared(key: Buffer): SigningKey {
  const inner = Buffer.alloc(blockSize + room, 0x36);
  const outer = Buffer.alloc(blockSize + 32, 0x5c);
  for (const [i, byte] of key.entries()) {
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  return { key, inner, outer };
}

function hmacHex({ key, inner, outer }: SigningKey, text: string): string {
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 > room) return hmac(key, text).toString('hex');
  const size = inner.write(text, blockSize);
  outer.write(hash('sha256', inner.subarray(0, blockSize + size), 'hex'), blockSize, 'hex');
  return sha256Hex(outer);
}

/** Derived keys are the same all day; deriving one costs four HMACs. */
const signingKeys = new Map<string, SigningKey>();

export const signingKey = (secret: string, scope: SignedScope): Buffer => keyOf(secret, scope).key;

function keyOf(secret: string, scope: SignedScope): SigningKey {
  const id = `${scope.accessKeyId}/${scope.date}/${scope.region}/${scope.service}/${secret}`;
  let key = signingKeys.get(id);
  if (!key) {
    key = prepared(
      hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.date), scope.region), scope.service), 'aws4_request'),
    );
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
  let names = '';
  for (const name of parts.signedHeaders) {
    const value = headerOf(request, name) ?? '';
    canonical += `${name}:${twoSpaces.test(value) ? value.trim().replace(/ +/g, ' ') : value}\n`;
    names += names === '' ? name : `;${name}`;
  }
  canonical += `\n${names}\n${payloadHash}`;
  return `${algorithm}\n${parts.timestamp}\n${scopeText(parts)}\n${sha256Hex(canonical)}`;
}

/** The value of the header Authorization, for a request that this cloud sends itself. */
export function authorizationOf(
  parts: Omit<SignatureParts, 'signature' | 'presigned'>,
  secret: string,
  request: HttpHead,
  payloadHash: string,
  pathAsSent: boolean,
): string {
  const text = stringToSign({ ...parts, presigned: false, signature: '' }, request, payloadHash, pathAsSent);
  const signature = hmacHex(keyOf(secret, parts), text);
  return `${algorithm} Credential=${parts.accessKeyId}/${scopeText(parts)}, SignedHeaders=${[...parts.signedHeaders].join(';')}, Signature=${signature}`;
}

export function signatureMatches(parts: SignatureParts, text: string, secret: string): boolean {
  expected.write(hmacHex(keyOf(secret, parts), text), 'hex');
  return (
    parts.signature.length === 64 &&
    given.write(parts.signature, 'hex') === given.length &&
    timingSafeEqual(given, expected)
  );
}

const given = Buffer.alloc(32);
const expected = Buffer.alloc(32);

/** ms since the epoch of an X-Amz-Date, `yyyymmddThhmmssZ`. */
export const timestampOf = (timestamp: string): number => {
  const part = (from: number, to: number) => Number(timestamp.slice(from, to));
  return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(9, 11), part(11, 13), part(13, 15));
};
