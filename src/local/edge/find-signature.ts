/**
 * Finds the signature of a request, in its headers or in its query, without checking it. SigV4A is
 * refused by name, and Signature Version 2 everywhere but in the URLs of S3.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
import type { AwsError } from '../service.ts';
import { type HttpHead, headerOf } from '../wire/rest.ts';
import { edgeErrors } from './errors.ts';
import { findV2, type SignatureV2 } from './sigv2.ts';
import { algorithm, type SignatureParts, type SignedScope } from './sigv4.ts';

export type FoundSignature =
  | { readonly kind: 'signed'; readonly parts: SignatureParts }
  | { readonly kind: 'unsigned' }
  /** There is one, and it cannot be read. */
  | { readonly kind: 'unusable'; readonly error: AwsError; readonly v2?: SignatureV2 | undefined };

const unsigned: FoundSignature = { kind: 'unsigned' };
const unusable = (error: AwsError): FoundSignature => ({ kind: 'unusable', error });

export function findSignature(request: HttpHead): FoundSignature {
  const { query } = request;
  const authorization = headerOf(request, 'authorization');
  if (authorization === undefined) return query.size === 0 ? unsigned : inQuery(query);
  if (query.size > 0 && (query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature')))
    return unusable(edgeErrors.twoSignatures());
  return inHeader(authorization, request);
}

function inHeader(authorization: string, request: HttpHead): FoundSignature {
  if (!authorization.startsWith(`${algorithm} `))
    return unusable(edgeErrors.unsupportedSignature(authorization.split(' ', 1)[0] ?? ''));
  const { scope, credential, signedHeaders, signature } = readAuthorization(authorization);
  const stated = headerOf(request, 'x-amz-date') ?? headerOf(request, 'date');
  if (!credential || !signature || !signedHeaders || stated === undefined)
    return unusable(
      edgeErrors.incompleteAuthorization(
        [
          ...(credential ? [] : ['Credential']),
          ...(signature ? [] : ['Signature']),
          ...(signedHeaders ? [] : ['SignedHeaders']),
        ],
        stated !== undefined,
      ),
    );
  if (!scope) return unusable(edgeErrors.malformedCredential(credential, false));
  const timestamp = readDate(stated);
  if (timestamp === undefined) return unusable(edgeErrors.malformedDate(stated));
  const sessionToken = headerOf(request, 'x-amz-security-token');
  return {
    kind: 'signed',
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

const basicForm = /^\d{8}T\d{6}Z$/;

/** X-Amz-Date has ISO 8601's basic form; Date may also have that of HTTP. The basic form is what is signed. */
function readDate(text: string): string | undefined {
  if (basicForm.test(text)) return text;
  const time = /^[A-Za-z]{3},? .*(?:GMT|UTC|[+-]0000)$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

interface Authorization {
  readonly credential: string | undefined;
  readonly scope: SignedScope | undefined;
  readonly signedHeaders: ReadonlySet<string> | undefined;
  readonly signature: string | undefined;
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
  return {
    credential: known.credential,
    scope: known.scope,
    signedHeaders: known.signedHeaders,
    signature: signature.trim(),
  };
}

function readParameters(text: string): Authorization {
  const fields = new Map<string, string>();
  for (const part of text.slice(algorithm.length).split(',')) {
    const equals = part.indexOf('=');
    if (equals > 0) fields.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  return {
    credential,
    scope: readScope(credential),
    signedHeaders: signedHeaders === undefined ? undefined : new Set(signedHeaders.split(';')),
    signature: fields.get('Signature'),
  };
}

const required = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
  'X-Amz-Date',
];

function inQuery(query: URLSearchParams): FoundSignature {
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')) return presigned(query);
  if (query.has('Signature') && query.has('AWSAccessKeyId'))
    return {
      kind: 'unusable',
      error: edgeErrors.unsupportedSignature('AWS signature version 2'),
      v2: findV2(query),
    };
  return unsigned;
}

function presigned(query: URLSearchParams): FoundSignature {
  const missing = required.filter((name) => !query.get(name));
  if (missing.length > 0) return unusable(edgeErrors.incompleteQuery(missing));
  const named = query.get('X-Amz-Algorithm') ?? '';
  if (named !== algorithm) return unusable(edgeErrors.unsupportedSignature(named));
  const credential = query.get('X-Amz-Credential') ?? '';
  const scope = readScope(credential);
  if (!scope) return unusable(edgeErrors.malformedCredential(credential, true));
  const timestamp = query.get('X-Amz-Date') ?? '';
  if (!basicForm.test(timestamp)) return unusable(edgeErrors.malformedDate(timestamp));
  const stated = query.get('X-Amz-Expires');
  const expires = Number(stated ?? Number.NaN);
  if (stated !== null && !(/^\d+$/.test(stated) && expires <= longestExpiry))
    return unusable(edgeErrors.malformedExpiry(stated));
  const sessionToken = query.get('X-Amz-Security-Token');
  return {
    kind: 'signed',
    parts: {
      ...scope,
      presigned: true,
      timestamp,
      ...(stated === null ? {} : { expires }),
      signature: query.get('X-Amz-Signature') ?? '',
      signedHeaders: new Set((query.get('X-Amz-SignedHeaders') ?? '').split(';')),
      ...(sessionToken === null ? {} : { sessionToken }),
    },
  };
}

/** A week. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const longestExpiry = 604_800;

export function readScope(credential: string | undefined): SignedScope | undefined {
  const parts = credential?.split('/');
  if (!parts || parts.length < 5 || parts.at(-1) !== 'aws4_request') return undefined;
  const [service, region, date] = [parts.at(-2), parts.at(-3), parts.at(-4)];
  const accessKeyId = parts.slice(0, -4).join('/');
  if (!service || !region || !date || !accessKeyId) return undefined;
  return { accessKeyId, date, region, service };
}
