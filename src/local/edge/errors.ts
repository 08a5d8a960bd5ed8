/**
 * What can be wrong with a call before a service handles it, thrown by meaning. How an answer names it depends on the
 * protocol and on the service: the serialiser asks `namedFor`. Inside the cloud the names are those of AWS JSON.
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
import { AwsError } from '../service.ts';
import type { ProtocolKind } from '../wire/protocol.ts';

/** Who is answered: a protocol, or S3, which has names of its own. */
export type ErrorDialect = 'json' | 'rest-json' | 'query' | 'rest-xml' | 's3';

export const dialectOf = (protocol: ProtocolKind): ErrorDialect =>
  protocol === 'json1.0' || protocol === 'json1.1' ? 'json' : protocol;

interface Name {
  readonly code: string;
  /** Default 403. */
  readonly status?: number;
  /** Where the dialect words it in its own way. */
  readonly message?: string;
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A dialect that has no name of its own takes that of the next: s3 → rest-xml → query → json, rest-json → json. */
type Names = { readonly json: Name } & Readonly<Partial<Record<ErrorDialect, Name>>>;

const next: Readonly<Record<Exclude<ErrorDialect, 'json'>, ErrorDialect>> = {
  s3: 'rest-xml',
  'rest-xml': 'query',
  query: 'json',
  'rest-json': 'json',
};

function nameIn(names: Names, dialect: ErrorDialect): Name {
  return names[dialect] ?? (dialect === 'json' ? names.json : nameIn(names, next[dialect]));
}

class EdgeError extends AwsError {
  readonly names: Names;

  constructor(message: string, names: Names) {
    super(names.json.code, message, names.json.status ?? 403, names.json.members);
    this.names = names;
  }
}

/** The error as a dialect names it; errors that services throw have one name everywhere. */
export function namedFor(error: AwsError, dialect: ErrorDialect): AwsError {
  if (!(error instanceof EdgeError)) return error;
  const { code, status, message, members } = nameIn(error.names, dialect);
  return new AwsError(code, message ?? error.message, status ?? 403, members);
}

const mismatch: Names = {
  json: { code: 'InvalidSignatureException' },
  query: { code: 'SignatureDoesNotMatch' },
};

export const edgeErrors = {
  missingSignature: () =>
    new EdgeError('Missing Authentication Token', {
      json: { code: 'MissingAuthenticationTokenException' },
      query: { code: 'MissingAuthenticationToken' },
      s3: { code: 'AccessDenied' },
    }),
  unsupportedSignature: (algorithm: string) =>
    new EdgeError(`Slipway verifies AWS4-HMAC-SHA256 only, not ${algorithm || 'an unnamed algorithm'}.`, {
      json: { code: 'IncompleteSignatureException' },
      query: { code: 'IncompleteSignature' },
      s3: {
        code: 'InvalidRequest',
        status: 400,
        message:
          'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      },
    }),
  incompleteSignature: (detail: string) =>
    new EdgeError(detail, {
      json: { code: 'IncompleteSignatureException' },
      query: { code: 'IncompleteSignature' },
      s3: { code: 'AuthorizationHeaderMalformed', status: 400 },
    }),
  unknownKey: () =>
    new EdgeError('The security token included in the request is invalid.', {
      json: { code: 'UnrecognizedClientException' },
      query: { code: 'InvalidClientTokenId' },
      s3: {
        code: 'InvalidAccessKeyId',
        message: 'The AWS Access Key Id you provided does not exist in our records.',
      },
    }),
  wrongToken: () =>
    new EdgeError('The security token included in the request is invalid', {
      json: { code: 'UnrecognizedClientException' },
      query: { code: 'InvalidClientTokenId' },
      s3: {
        code: 'InvalidToken',
        status: 400,
        message: 'The provided token is malformed or otherwise invalid.',
      },
    }),
  expiredToken: () =>
    new EdgeError('The security token included in the request is expired', {
      json: { code: 'ExpiredTokenException', status: 400 },
      query: { code: 'ExpiredToken' },
      s3: { code: 'ExpiredToken', status: 400 },
    }),
  signatureMismatch: (detail: string) => new EdgeError(detail, mismatch),
  skewedTime: (detail: string) =>
    new EdgeError(detail, {
      ...mismatch,
      s3: {
        code: 'RequestTimeTooSkewed',
        message: 'The difference between the request time and the current time is too large.',
      },
    }),
  notYetCurrent: (timestamp: string) =>
    new EdgeError(`Signature not yet current: ${timestamp} is still later than now.`, {
      ...mismatch,
      s3: { code: 'RequestTimeTooSkewed' },
    }),
  /** A presigned URL, at its end. */
  expiredUrl: (seconds: number, end: number, now: number) =>
    new EdgeError('Signature expired.', {
      ...mismatch,
      s3: {
        code: 'AccessDenied',
        message: 'Request has expired',
        members: {
          'X-Amz-Expires': seconds,
          Expires: new Date(end).toISOString(),
          ServerTime: new Date(now).toISOString(),
        },
      },
    }),
  payloadMismatch: () =>
    new EdgeError('The value of x-amz-content-sha256 does not match the body.', {
      ...mismatch,
      s3: {
        code: 'XAmzContentSHA256Mismatch',
        status: 400,
        message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
      },
    }),
  accessDenied: (message: string) =>
    new EdgeError(message, {
      json: { code: 'AccessDeniedException', status: 400 },
      'rest-json': { code: 'AccessDeniedException' },
      query: { code: 'AccessDenied' },
    }),
  missingParameter: (name: string) => {
    const validation = {
      code: 'ValidationException',
      status: 400,
      message: `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    };
    return new EdgeError(validation.message, {
      json: validation,
      query: {
        code: 'MissingParameter',
        status: 400,
        message: `The request must contain the parameter ${name}.`,
      },
      'rest-xml': validation,
    });
  },
  unknownParameter: (detail: string) =>
    new EdgeError(`Slipway does not know the parameter ${detail}. It is refused rather than ignored.`, {
      json: { code: 'SerializationException', status: 400 },
      query: { code: 'UnknownParameter', status: 400 },
      'rest-xml': { code: 'MalformedXML', status: 400 },
    }),
  malformedInput: (detail: string) =>
    new EdgeError(detail, {
      json: { code: 'SerializationException', status: 400 },
      query: { code: 'MalformedInput', status: 400 },
      'rest-xml': { code: 'MalformedXML', status: 400 },
    }),
  /** Our bug: the log says more. */
  internal: () =>
    new EdgeError('Slipway failed; its log says why.', {
      json: { code: 'InternalFailure', status: 500 },
      'rest-xml': { code: 'InternalError', status: 500 },
    }),
} as const;
