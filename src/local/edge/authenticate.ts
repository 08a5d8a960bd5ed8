/** Who signed the request? Fails closed. */
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../iam/index.ts';
import type { Identity, IdentityStore } from '../iam/identity-store.ts';
import type { ServiceEntry } from '../services/registry.ts';
import type { WireRequest } from '../wire/rest.ts';
import { edgeErrors } from './errors.ts';
import {
  type FoundSignature,
  type SignatureParts,
  sha256Hex,
  signatureMatches,
  stringToSign,
  timestampOf,
} from './sigv4.ts';

export interface Signed {
  readonly caller: Caller;
  /** Absent for an anonymous caller. */
  readonly by?: { readonly identity: Identity; readonly parts: SignatureParts };
  readonly payload: Payload;
}

/** What the request says about its body. */
type Payload =
  | { readonly kind: 'unsigned' }
  /** Held to its hash already. */
  | { readonly kind: 'verified' }
  /** Has to have this hash. */
  | { readonly kind: 'hashed'; readonly sha256: string }
  /** One of S3's markers. */
  | { readonly kind: 'marked'; readonly marker: string };

export const anonymous: Caller = { kind: 'anonymous', arn: '*', accountId: 'anonymous' };

/** Clients and AWS may disagree by this much. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const allowedSkewMs = 15 * 60_000;

const unsigned = 'UNSIGNED-PAYLOAD';

export type SigningRules = Pick<
  ServiceEntry,
  'signingName' | 'anonymous' | 'payloadMarkers' | 'signsPathAsSent'
>;

export interface AuthenticateContext {
  readonly identities: IdentityStore;
  readonly clock: Clock;
}

/** @throws AwsError named by meaning, see ./errors.ts */
export function authenticate(
  request: WireRequest,
  found: FoundSignature,
  service: SigningRules,
  context: AuthenticateContext,
): Signed {
  const stated = request.headers['x-amz-content-sha256'];
  const statedHash = typeof stated === 'object' ? stated[0] : stated;
  if ('problem' in found) {
    const { problem } = found;
    if (problem.kind === 'unsupported') throw edgeErrors.unsupportedSignature(problem.detail);
    if (problem.kind === 'incomplete') throw edgeErrors.incompleteSignature(problem.detail);
    // The policy of the resource decides about callers that nobody knows.
    if (service.anonymous) return { caller: anonymous, payload: payloadOf(statedHash) };
    throw edgeErrors.missingSignature();
  }
  const { parts } = found;
  const identity = identify(parts, service.signingName, context);
  checkTime(parts, context.clock.wall());
  if (!parts.signedHeaders.includes('host'))
    throw edgeErrors.signatureMismatch("'Host' must be a 'SignedHeader' in the AWS Authorization.");

  const { signedHash, payload } = readPayload(request.body, statedHash, parts.presigned, service);
  const text = stringToSign(parts, request, signedHash, service.signsPathAsSent ?? false);
  if (!signatureMatches(parts, text, identity.secretAccessKey))
    throw edgeErrors.signatureMismatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  return { caller: identity.caller, by: { identity, parts }, payload };
}

/**
 * The hash is part of what is signed. S3 takes the one that the request states and is held to it afterwards; for the
 * others a body in memory is hashed here, once.
 */
function readPayload(
  body: WireRequest['body'],
  stated: string | undefined,
  presigned: boolean,
  { payloadMarkers }: SigningRules,
): { readonly signedHash: string; readonly payload: Payload } {
  if (stated === unsigned || (stated === undefined && payloadMarkers && presigned) || !Buffer.isBuffer(body))
    return { signedHash: stated ?? unsigned, payload: payloadOf(stated) };
  if (stated !== undefined && payloadMarkers) return { signedHash: stated, payload: payloadOf(stated) };
  const signedHash = sha256Hex(body);
  if (stated !== undefined && stated !== signedHash) throw edgeErrors.payloadMismatch();
  return { signedHash, payload: { kind: 'verified' } };
}

const payloadOf = (stated: string | undefined): Payload =>
  stated === undefined || stated === unsigned
    ? { kind: 'unsigned' }
    : stated.startsWith('STREAMING-')
      ? { kind: 'marked', marker: stated }
      : { kind: 'hashed', sha256: stated };

export function identify(
  parts: Pick<SignatureParts, 'accessKeyId' | 'service' | 'sessionToken'>,
  signingName: string,
  { identities, clock }: AuthenticateContext,
): Identity {
  const identity = identities.identify(parts.accessKeyId);
  if (!identity?.active) throw edgeErrors.unknownKey();
  if (parts.service !== signingName)
    throw edgeErrors.signatureMismatch(
      `Credential should be scoped to correct service: '${signingName}', got '${parts.service}'.`,
    );
  if (identity.sessionToken !== parts.sessionToken) throw edgeErrors.wrongToken();
  if (identity.expiration !== undefined && identity.expiration <= clock.wall())
    throw edgeErrors.expiredToken();
  return identity;
}

function checkTime(parts: SignatureParts, now: number): void {
  if (!parts.timestamp.startsWith(parts.date))
    throw edgeErrors.signatureMismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${parts.date}' != '${parts.timestamp.slice(0, 8)}'.`,
    );
  const signedAt = timestampOf(parts.timestamp);
  if (parts.presigned) {
    const seconds = parts.expires ?? 0;
    if (signedAt - now > allowedSkewMs) throw edgeErrors.notYetCurrent(parts.timestamp);
    if (now > signedAt + seconds * 1000) throw edgeErrors.expiredUrl(seconds, signedAt + seconds * 1000, now);
  } else if (Math.abs(now - signedAt) > allowedSkewMs) {
    const past = signedAt < now;
    const limit = new Date(past ? now - allowedSkewMs : now + allowedSkewMs).toISOString();
    throw edgeErrors.skewedTime(
      `Signature ${past ? 'expired' : 'not yet current'}: ${parts.timestamp} is now ${past ? 'earlier' : 'later'} than ${limit.replace(/[-:]|\.\d{3}/g, '')}`,
    );
  }
}
