/**
 * Who signed the request? Fails closed, and looks at headers alone: a request that is not signed as it should be is
 * refused before its body is read. Where the signature covers the body's hash and no header states that, the last word
 * is spoken when the body is there (`Signed.body`).
 */
import type { Clock } from '../../core/clock.ts';
import { regions, type Scope } from '../../core/regions.ts';
import type { Caller } from '../../iam/index.ts';
import type { Identities } from '../iam/accounts.ts';
import type { Identity } from '../iam/identity-store.ts';
import { AwsError } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import { type HttpHead, headerOf, withRepeatedHeaders } from '../wire/rest.ts';
import { edgeErrors } from './errors.ts';
import type { FoundSignature } from './find-signature.ts';
import type { NamedByHost } from './identify.ts';
import { queryHeaders } from './query-headers.ts';
import { type SignatureV2, signatureV2Matches, stringToSignV2 } from './sigv2.ts';
import { type SignatureParts, signatureMatches, stringToSign, timestampOf } from './sigv4.ts';

export interface Signed {
  readonly caller: Caller;
  /** Absent for an anonymous caller. */
  readonly by?: { readonly identity: Identity; readonly parts: SignatureParts };
  readonly body: BodyRule;
}

/** What the body is held to. */
export type BodyRule =
  | { readonly kind: 'any' }
  /** Has to have this hash, in hexadecimal. */
  | { readonly kind: 'hash'; readonly sha256: string }
  /** Its hash is part of what was signed: throws when another body was meant. */
  | { readonly kind: 'signed'; readonly check: (sha256: string) => void }
  /** In the encoding aws-chunked, its chunks signed or not. */
  | { readonly kind: 'chunked'; readonly signed: boolean };

export const anonymous: Caller = { kind: 'anonymous', arn: '*', accountId: 'anonymous' };

/** Clients and AWS may disagree by this much. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const allowedSkewMs = 15 * 60_000;

const unsignedPayload = 'UNSIGNED-PAYLOAD';
export const anyBody: BodyRule = { kind: 'any' };

export type SigningRules = Pick<
  ServiceEntry,
  'signingName' | 'anonymous' | 'payloadMarkers' | 'signsPathAsSent' | 'global'
>;

export interface AuthenticateContext {
  readonly identities: Identities;
  readonly clock: Clock;
  readonly home: Scope;
}

/** @throws AwsError named by meaning, see ./errors.ts */
export function authenticate(
  head: HttpHead,
  found: FoundSignature,
  service: SigningRules,
  context: AuthenticateContext,
  host: NamedByHost = {},
): Signed {
  if (found.kind === 'unusable') {
    if (found.v2 && service.payloadMarkers)
      return authenticateV2(head, found.v2, service, context, host.named);
    throw found.error;
  }
  const stated = headerOf(head, 'x-amz-content-sha256');
  if (found.kind === 'unsigned') {
    // The policy of the resource decides about callers that nobody knows.
    if (!service.anonymous) throw edgeErrors.missingSignature();
    const body: BodyRule = stated === undefined ? anyBody : markedBody(stated);
    if (body.kind === 'chunked' && body.signed) throw edgeErrors.missingSignature();
    return { caller: anonymous, body };
  }
  const { parts } = found;
  checkTime(parts, service, context.clock.wall());
  checkSignedHeaders(head, parts, service);
  if (!regions.has(parts.region))
    throw edgeErrors.wrongRegion(parts.region, host.region ?? context.home.region, parts.presigned);
  if (host.region !== undefined && host.region !== parts.region && !service.global)
    throw edgeErrors.wrongRegion(parts.region, host.region, parts.presigned);
  const identity = identify(parts, service, context);
  const by = { identity, parts };
  const verify = (payloadHash: string) => verifySignature(head, parts, identity, payloadHash, service);
  if (service.payloadMarkers) {
    if (stated === undefined && !parts.presigned)
      throw new AwsError(
        'InvalidRequest',
        'Missing required header for this request: x-amz-content-sha256',
        400,
      );
    verify(stated ?? unsignedPayload);
    return { caller: identity.caller, by, body: stated === undefined ? anyBody : markedBody(stated) };
  }
  // A hash that a header states is signed as it is stated, so that the signature holds or fails without the body.
  if (stated !== undefined && hexHash.test(stated)) {
    verify(stated);
    return { caller: identity.caller, by, body: { kind: 'hash', sha256: stated } };
  }
  return { caller: identity.caller, by, body: { kind: 'signed', check: verify } };
}

function authenticateV2(
  head: HttpHead,
  v2: SignatureV2,
  service: SigningRules,
  context: AuthenticateContext,
  bucket: string | undefined,
): Signed {
  const { accessKeyId, signature, expires } = v2;
  const now = context.clock.wall();
  const end = Number(expires) * 1000;
  if (expires === '' || Number.isNaN(end)) throw edgeErrors.malformedExpiryV2();
  if (end < now) throw edgeErrors.expiredUrlV2(end, now);
  const sessionToken =
    headerOf(head, 'x-amz-security-token') ?? queryHeaders(head.query).get('x-amz-security-token');
  const parts: SignatureParts = {
    accessKeyId,
    date: '',
    region: context.home.region,
    service: service.signingName,
    presigned: true,
    timestamp: '',
    signedHeaders: new Set(),
    signature,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  const identity = identify(parts, service, context);
  if (!signatureV2Matches(signature, stringToSignV2(head, v2, bucket), identity.secretAccessKey))
    throw edgeErrors.wrongSignature();
  const stated = headerOf(head, 'x-amz-content-sha256');
  const body = stated === undefined ? anyBody : markedBody(stated);
  if (body.kind === 'chunked' && body.signed) throw edgeErrors.wrongSignature();
  return { caller: identity.caller, by: { identity, parts }, body };
}

const hexHash = /^[0-9a-f]{64}$/;
const markers = /^STREAMING-(?:AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?|UNSIGNED-PAYLOAD-TRAILER)$/;

/**
 * What S3's x-amz-content-sha256 says of the body.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
function markedBody(stated: string): BodyRule {
  if (hexHash.test(stated)) return { kind: 'hash', sha256: stated };
  if (stated === unsignedPayload) return anyBody;
  if (markers.test(stated)) return { kind: 'chunked', signed: !stated.startsWith('STREAMING-UNSIGNED-') };
  if (stated.startsWith('STREAMING-'))
    throw new AwsError('NotImplemented', `Slipway does not support x-amz-content-sha256: ${stated}.`, 501);
  throw new AwsError(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    400,
    { ArgumentName: 'x-amz-content-sha256', ArgumentValue: stated },
  );
}

/** The key, its session and its end; not the region. */
export function identify(
  parts: Pick<SignatureParts, 'accessKeyId' | 'service' | 'sessionToken'>,
  { signingName }: SigningRules,
  { identities, clock }: AuthenticateContext,
): Identity {
  if (parts.service !== signingName) throw edgeErrors.wrongService(signingName);
  const identity = identities.identify(parts.accessKeyId);
  if (!identity?.active) throw edgeErrors.unknownKey(parts.accessKeyId);
  if (identity.sessionToken !== parts.sessionToken) throw edgeErrors.wrongToken();
  if (identity.expiration !== undefined && identity.expiration <= clock.wall())
    throw edgeErrors.expiredToken();
  return identity;
}

function checkTime(parts: SignatureParts, service: SigningRules, now: number): void {
  if (!parts.timestamp.startsWith(parts.date))
    throw edgeErrors.wrongDay(parts.date, parts.timestamp, parts.presigned);
  const signedAt = timestampOf(parts.timestamp);
  if (parts.presigned) {
    if (parts.expires === undefined && service.payloadMarkers) throw edgeErrors.missingExpiry();
    const lifeMs = parts.expires === undefined ? allowedSkewMs : parts.expires * 1000;
    if (signedAt - now > allowedSkewMs) throw edgeErrors.notYetCurrent(parts.timestamp);
    if (now > signedAt + lifeMs) throw edgeErrors.expiredUrl(lifeMs / 1000, signedAt + lifeMs, now);
  } else if (!(Math.abs(now - signedAt) <= allowedSkewMs)) {
    const past = signedAt < now;
    const basic = (time: number) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');
    throw edgeErrors.skewedTime(
      `Signature ${past ? 'expired' : 'not yet current'}: ${parts.timestamp} is ${past ? 'now earlier' : 'still later'} than ${basic(past ? now - allowedSkewMs : now + allowedSkewMs)} (${basic(now)} ${past ? '-' : '+'} 15 min.)`,
    );
  }
}

/**
 * The host and every x-amz-* header have to be among the signed ones, or whoever passes a request on could add to it:
 * a copy source, an ACL, another operation. S3 wants Content-MD5 signed as well, and If-Range where Range is.
 * x-amz-content-sha256 may be left out, because its value is part of what is signed in any case (AWS answers
 * SignatureDoesNotMatch when it was changed).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
function checkSignedHeaders({ headers }: HttpHead, { signedHeaders }: SignatureParts, service: SigningRules) {
  let missing: string[] | undefined;
  const miss = (name: string) => {
    missing ??= [];
    missing.push(name);
  };
  if (!signedHeaders.has('host')) miss('host');
  for (const name in headers)
    if (name.startsWith('x-amz-') && !signedHeaders.has(name) && name !== 'x-amz-content-sha256') miss(name);
  if (service.payloadMarkers) {
    if (headers['content-md5'] !== undefined && !signedHeaders.has('content-md5')) miss('content-md5');
    if (headers['if-range'] !== undefined && signedHeaders.has('range') && !signedHeaders.has('if-range'))
      miss('if-range');
  }
  if (missing) throw edgeErrors.unsignedHeaders(missing);
}

function verifySignature(
  head: HttpHead,
  parts: SignatureParts,
  { secretAccessKey }: Identity,
  payloadHash: string,
  service: SigningRules,
): void {
  const fits = (one: HttpHead) =>
    signatureMatches(
      parts,
      stringToSign(parts, one, payloadHash, service.signsPathAsSent ?? false),
      secretAccessKey,
    );
  if (fits(head)) return;
  // Node.js joins the values of a header that came more than once with ", ", the signer with ",".
  const repeated = withRepeatedHeaders(head);
  if (repeated && fits(repeated)) return;
  throw edgeErrors.wrongSignature();
}
