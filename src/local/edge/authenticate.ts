/**
 * Who signed the request? Fails closed, with the codes AWS uses for each protocol.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../iam/index.ts';
import type { Directory, Identity } from '../iam/directory.ts';
import { AwsError } from '../service.ts';
import type { ProtocolKind } from '../wire/response.ts';
import type { WireRequest } from '../wire/rest.ts';
import {
  readSignature,
  type SignatureParts,
  sha256Hex,
  signatureMatches,
  stringToSign,
  timestampOf,
} from './sigv4.ts';

export interface Signed {
  readonly caller: Caller;
  readonly identity: Identity | undefined;
  readonly parts: SignatureParts | undefined;
  /** The payload hash that was signed; a marker such as UNSIGNED-PAYLOAD for S3. */
  readonly payloadHash: string | undefined;
}

export const anonymous: Caller = { kind: 'anonymous', arn: '*', accountId: 'anonymous' };

/** Clients and AWS may disagree by this much. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
const allowedSkewMs = 15 * 60_000;

type Family = 's3' | 'query' | 'json';
const familyOf = (service: string, protocol: ProtocolKind): Family =>
  service === 's3' ? 's3' : protocol === 'query' || protocol === 'rest-xml' ? 'query' : 'json';

const codes = {
  missing: {
    s3: 'AccessDenied',
    query: 'MissingAuthenticationToken',
    json: 'MissingAuthenticationTokenException',
  },
  incomplete: {
    s3: 'AuthorizationHeaderMalformed',
    query: 'IncompleteSignature',
    json: 'IncompleteSignatureException',
  },
  unknownKey: {
    s3: 'InvalidAccessKeyId',
    query: 'InvalidClientTokenId',
    json: 'UnrecognizedClientException',
  },
  badToken: { s3: 'InvalidToken', query: 'InvalidClientTokenId', json: 'UnrecognizedClientException' },
  expiredToken: { s3: 'ExpiredToken', query: 'ExpiredToken', json: 'ExpiredTokenException' },
  mismatch: {
    s3: 'SignatureDoesNotMatch',
    query: 'SignatureDoesNotMatch',
    json: 'InvalidSignatureException',
  },
  skew: { s3: 'RequestTimeTooSkewed', query: 'SignatureDoesNotMatch', json: 'InvalidSignatureException' },
} as const;

export function authenticate(
  request: WireRequest,
  service: { readonly id: string; readonly signingName: string; readonly protocol: ProtocolKind },
  context: { readonly directory: Directory; readonly clock: Clock },
): Signed {
  const family = familyOf(service.id, service.protocol);
  const refuse = (kind: keyof typeof codes, message: string, status = 403) =>
    new AwsError(codes[kind][family], message, status);

  const found = readSignature(request);
  if ('problem' in found) {
    const { problem } = found;
    if (problem.kind === 'none') {
      // S3 may serve the public; the bucket's policy decides.
      if (family === 's3')
        return { caller: anonymous, identity: undefined, parts: undefined, payloadHash: undefined };
      throw refuse('missing', 'Missing Authentication Token');
    }
    if (problem.kind === 'unsupported')
      throw family === 's3'
        ? new AwsError(
            'InvalidRequest',
            'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
          )
        : refuse(
            'incomplete',
            `Slipway verifies AWS4-HMAC-SHA256 only, not ${problem.detail || 'an unnamed algorithm'}.`,
          );
    throw refuse('incomplete', problem.detail, family === 's3' ? 400 : 403);
  }

  const { parts } = found;
  const identity = context.directory.identify(parts.accessKeyId);
  if (!identity?.active)
    throw refuse(
      'unknownKey',
      family === 's3'
        ? 'The AWS Access Key Id you provided does not exist in our records.'
        : 'The security token included in the request is invalid.',
    );
  if (parts.service !== service.signingName)
    throw refuse(
      'mismatch',
      `Credential should be scoped to correct service: '${service.signingName}', got '${parts.service}'.`,
    );
  if (identity.sessionToken !== parts.sessionToken)
    throw refuse(
      'badToken',
      family === 's3'
        ? 'The provided token is malformed or otherwise invalid.'
        : 'The security token included in the request is invalid',
      family === 's3' ? 400 : 403,
    );

  const now = context.clock.wall();
  const signedAt = timestampOf(parts.timestamp);
  if (identity.expiration !== undefined && identity.expiration <= now)
    throw refuse(
      'expiredToken',
      'The security token included in the request is expired',
      family === 'query' ? 403 : 400,
    );
  if (!parts.timestamp.startsWith(parts.date))
    throw refuse(
      'mismatch',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${parts.date}' != '${parts.timestamp.slice(0, 8)}'.`,
    );
  if (parts.presigned) {
    if (signedAt - now > allowedSkewMs)
      throw refuse('skew', `Signature not yet current: ${parts.timestamp} is still later than now.`);
    if (now > signedAt + (parts.expires ?? 0) * 1000)
      throw family === 's3'
        ? new AwsError('AccessDenied', 'Request has expired', 403, {
            'X-Amz-Expires': parts.expires,
            Expires: new Date(signedAt + (parts.expires ?? 0) * 1000).toISOString(),
            ServerTime: new Date(now).toISOString(),
          })
        : refuse('skew', 'Signature expired.');
  } else if (Math.abs(now - signedAt) > allowedSkewMs) {
    throw refuse(
      'skew',
      family === 's3'
        ? 'The difference between the request time and the current time is too large.'
        : `Signature ${signedAt < now ? 'expired' : 'not yet current'}: ${parts.timestamp} is now ${signedAt < now ? 'earlier' : 'later'} than ${new Date(signedAt < now ? now - allowedSkewMs : now + allowedSkewMs).toISOString().replace(/[-:]|\.\d{3}/g, '')}`,
    );
  }
  if (!parts.signedHeaders.includes('host'))
    throw refuse('mismatch', "'Host' must be a 'SignedHeader' in the AWS Authorization.");

  const stated = request.headers['x-amz-content-sha256'];
  const payloadHash =
    (Array.isArray(stated) ? stated[0] : stated) ??
    (parts.presigned && family === 's3'
      ? 'UNSIGNED-PAYLOAD'
      : Buffer.isBuffer(request.body)
        ? sha256Hex(request.body)
        : 'UNSIGNED-PAYLOAD');
  if (
    family !== 's3' &&
    payloadHash !== 'UNSIGNED-PAYLOAD' &&
    Buffer.isBuffer(request.body) &&
    payloadHash !== sha256Hex(request.body)
  )
    throw refuse('mismatch', 'The value of x-amz-content-sha256 does not match the body.');
  if (!signatureMatches(parts, stringToSign(parts, request, payloadHash), identity.secretAccessKey))
    throw refuse(
      'mismatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    );
  return { caller: identity.caller, identity, parts, payloadHash };
}
