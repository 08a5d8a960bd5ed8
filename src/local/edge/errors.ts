/**
 * What can be wrong with a call before a service handles it, thrown by meaning. How an answer names it depends on the
 * protocol and on the service: the serialiser asks `namedFor`. Inside the cloud the names are those of AWS JSON.
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
import { regionProblem } from '../../core/regions.ts';
import { AwsError } from '../service.ts';
import type { ProtocolKind } from '../wire/protocol.ts';
import type { WireErrorFields } from '../wire/response.ts';

/**
 * Who is answered: a protocol, or S3, which has names of its own, or a service that spoke Query before it spoke JSON:
 * it kept the statuses, and tells the old names in a header.
 */
export type ErrorDialect = 'json' | 'query-json' | 'rest-json' | 'query' | 'rest-xml' | 's3';

/** @param protocols all that the service speaks */
export const dialectOf = (protocol: ProtocolKind, protocols: readonly ProtocolKind[]): ErrorDialect => {
  if (protocol !== 'json1.0' && protocol !== 'json1.1') return protocol;
  return protocols.includes('query') ? 'query-json' : 'json';
};

interface Name {
  readonly code: string;
  /** Default 403; 400 in AWS JSON. */
  readonly status?: number;
  /** Where the dialect words it in its own way. */
  readonly message?: string;
  readonly members?: Readonly<Record<string, unknown>>;
}

type NamedDialect = Exclude<ErrorDialect, 'query-json'>;
/** A dialect that has no name of its own takes that of the next: s3 → rest-xml → query → json, rest-json → json. */
type Names = { readonly json: Name } & Readonly<Partial<Record<ErrorDialect, Name>>>;

const next: Readonly<Record<Exclude<NamedDialect, 'json'>, NamedDialect>> = {
  s3: 'rest-xml',
  'rest-xml': 'query',
  query: 'json',
  'rest-json': 'json',
};

function nameIn(names: Names, dialect: NamedDialect): Name {
  return names[dialect] ?? (dialect === 'json' ? names.json : nameIn(names, next[dialect]));
}

class EdgeError extends AwsError {
  readonly names: Names;

  constructor(message: string, names: Names) {
    super(names.json.code, message, names.json.status ?? 400, names.json.members);
    this.names = names;
  }
}

/** The error as a dialect names it; errors that services throw have one name everywhere. */
export function namedFor(error: AwsError, dialect: ErrorDialect): WireErrorFields {
  if (!(error instanceof EdgeError)) return error;
  const { names } = error;
  const old = dialect === 'query-json' ? nameIn(names, 'query') : undefined;
  const name = dialect === 'query-json' ? (names['query-json'] ?? names.json) : nameIn(names, dialect);
  const status = old?.status ?? name.status ?? (dialect === 'json' ? 400 : 403);
  return {
    code: name.code,
    message: name.message ?? error.message,
    status,
    fault: status >= 500 ? 'Receiver' : 'Sender',
    common: true,
    ...(name.members ? { members: name.members } : {}),
    ...(old ? { queryCode: old.code } : {}),
  };
}

const mismatch: Names = {
  json: { code: 'InvalidSignatureException' },
  query: { code: 'SignatureDoesNotMatch' },
};
const incomplete: Names = {
  json: { code: 'IncompleteSignatureException' },
  query: { code: 'IncompleteSignature' },
};

/** What S3 calls a signature that cannot be right: it is told apart whether it stands in a header or in the query. */
const malformed = (presigned: boolean, message: string, members?: Name['members']): Name =>
  presigned
    ? { code: 'AuthorizationQueryParametersError', status: 400, message, ...(members ? { members } : {}) }
    : {
        code: 'AuthorizationHeaderMalformed',
        status: 400,
        message: `The authorization header is malformed; ${message}`,
        ...(members ? { members } : {}),
      };
const credentialForm =
  'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
const inCredential = (presigned: boolean, message: string) =>
  presigned ? `Error parsing the X-Amz-Credential parameter; ${message}` : message;

export const edgeErrors = {
  missingSignature: () =>
    new EdgeError('Request is missing Authentication Token', {
      json: { code: 'MissingAuthenticationTokenException' },
      'rest-json': {
        code: 'MissingAuthenticationTokenException',
        message: 'Missing Authentication Token',
      },
      query: { code: 'MissingAuthenticationToken' },
      s3: { code: 'AccessDenied', message: 'Access Denied' },
    }),
  unsupportedSignature: (named: string) =>
    new EdgeError(`Unsupported AWS 'algorithm': '${named}' (only AWS4-HMAC-SHA256 for now).`, {
      ...incomplete,
      s3: {
        code: 'InvalidRequest',
        status: 400,
        message:
          'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      },
    }),
  /** Signed in a header and in the query as well. */
  twoSignatures: () =>
    new EdgeError(
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
      {
        ...mismatch,
        s3: {
          code: 'InvalidArgument',
          status: 400,
          message:
            'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
        },
      },
    ),
  incompleteAuthorization: (missing: readonly string[], dated: boolean) => {
    const wanted = missing.map((name) => `Authorization header requires '${name}' parameter.`);
    if (!dated)
      wanted.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    return new EdgeError(wanted.join(' '), {
      ...incomplete,
      s3:
        missing.length > 0
          ? malformed(
              false,
              'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
            )
          : {
              code: 'AccessDenied',
              message: 'AWS authentication requires a valid Date or x-amz-date header',
            },
    });
  },
  incompleteQuery: (missing: readonly string[]) =>
    new EdgeError(
      `${missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' ')} Re-examine the query-string parameters.`,
      {
        ...incomplete,
        s3: malformed(
          true,
          'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
        ),
      },
    ),
  malformedCredential: (got: string, presigned: boolean) =>
    new EdgeError(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request, got '${got}'`,
      { ...incomplete, s3: malformed(presigned, inCredential(presigned, credentialForm)) },
    ),
  malformedDate: (got: string) =>
    new EdgeError(
      `Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      {
        ...incomplete,
        s3: {
          code: 'AccessDenied',
          message: 'AWS authentication requires a valid Date or x-amz-date header',
        },
      },
    ),
  malformedExpiry: (got: string) =>
    new EdgeError(`X-Amz-Expires must be a number of seconds from 0 to 604800, got '${got}'.`, {
      ...incomplete,
      s3: malformed(
        true,
        /^-\d+$/.test(got)
          ? 'X-Amz-Expires must be non-negative'
          : /^\d+$/.test(got)
            ? 'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds'
            : 'X-Amz-Expires should be a number',
      ),
    }),
  /** S3 takes no presigned URL without X-Amz-Expires. */
  missingExpiry: () =>
    new EdgeError('X-Amz-Expires is missing.', {
      ...incomplete,
      s3: malformed(
        true,
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      ),
    }),
  unknownKey: (key: string) =>
    new EdgeError('The security token included in the request is invalid.', {
      json: { code: 'UnrecognizedClientException' },
      query: { code: 'InvalidClientTokenId' },
      s3: {
        code: 'InvalidAccessKeyId',
        message: 'The AWS Access Key Id you provided does not exist in our records.',
        members: { AWSAccessKeyId: key },
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
      'rest-json': { code: 'ExpiredTokenException' },
      query: { code: 'ExpiredToken' },
      s3: { code: 'ExpiredToken', status: 400, message: 'The provided token has expired.' },
    }),
  wrongSignature: () =>
    new EdgeError(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      {
        ...mismatch,
        s3: {
          code: 'SignatureDoesNotMatch',
          message:
            'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        },
      },
    ),
  wrongService: (expected: string) =>
    new EdgeError(`Credential should be scoped to correct service: '${expected}'.`, mismatch),
  /** The day in the credential is not that of the timestamp. */
  wrongDay: (got: string, timestamp: string, presigned: boolean) => {
    const day = timestamp.slice(0, 8);
    return new EdgeError(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${got}' != '${day}', from '${timestamp}'.`,
      {
        ...mismatch,
        s3: malformed(
          presigned,
          inCredential(
            presigned,
            `Invalid credential date "${got}". This date is not the same as X-Amz-Date: "${day}".`,
          ),
        ),
      },
    );
  },
  /** Of a part of a body in the encoding aws-chunked. */
  wrongChunkSignature: (part: string) =>
    new EdgeError(`The signature of ${part} does not match the signature you provided.`, mismatch),
  /** Signed for a region that is none, or for another than the host's. AWS's sentence ends before ours begins. */
  wrongRegion: (got: string, expected: string, presigned: boolean) =>
    new EdgeError(
      `Credential should be scoped to a valid region. The request is signed for '${got}': ${regionProblem(got) ?? `it was sent to ${expected}`}.`,
      {
        ...mismatch,
        s3: malformed(
          presigned,
          inCredential(presigned, `the region '${got}' is wrong; expecting '${expected}'`),
          { Region: expected },
        ),
      },
    ),
  /** @param names in lower case, at least one */
  unsignedHeaders: (names: readonly string[]) =>
    new EdgeError(
      names
        .map(
          (name) =>
            `'${name === 'host' ? "Host' or ':authority" : name}' must be a 'SignedHeader' in the AWS Authorization.`,
        )
        .join(' '),
      {
        ...mismatch,
        s3: {
          code: 'AccessDenied',
          message: 'There were headers present in the request which were not signed',
          members: { HeadersNotSigned: names.join(', ') },
        },
      },
    ),
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
      s3: { code: 'AccessDenied', message: 'Request is not yet valid' },
    }),
  /** Of version 2, which only S3 takes. */
  malformedExpiryV2: () =>
    new AwsError(
      'AccessDenied',
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
      403,
    ),
  expiredUrlV2: (end: number, now: number) =>
    new AwsError('AccessDenied', 'Request has expired', 403, {
      Expires: new Date(end).toISOString(),
      ServerTime: new Date(now).toISOString(),
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
    const message = `The request must contain the parameter ${name}.`;
    return new EdgeError(validation.message, {
      json: validation,
      query: { code: 'MissingParameter', status: 400, message },
      'query-json': { code: 'MissingRequiredParameterException', message },
      'rest-xml': validation,
    });
  },
  unknownParameter: (detail: string) =>
    new EdgeError(`Slipway does not know the parameter ${detail}. It is refused rather than ignored.`, {
      json: { code: 'SerializationException', status: 400 },
      'rest-json': { code: 'SerializationException', status: 400 },
      query: { code: 'UnknownParameter', status: 400 },
      'rest-xml': { code: 'MalformedXML', status: 400 },
    }),
  /** Of the query of a REST request. */
  malformedParameter: (
    detail: string,
    { name, value, expected }: { readonly name: string; readonly value: string; readonly expected: string },
  ) =>
    new EdgeError(detail, {
      json: { code: 'SerializationException', status: 400 },
      'rest-xml': { code: 'MalformedXML', status: 400 },
      s3: {
        code: 'InvalidArgument',
        status: 400,
        message:
          name === 'partNumber'
            ? 'Part number must be an integer between 1 and 10000, inclusive'
            : expected === 'number'
              ? `Provided ${name} not an integer or within integer range`
              : `The value of ${name} is not a ${expected}`,
        members: { ArgumentName: name, ArgumentValue: value },
      },
    }),
  malformedInput: (detail: string) =>
    new EdgeError(detail, {
      json: { code: 'SerializationException', status: 400 },
      'rest-json': { code: 'SerializationException', status: 400 },
      query: { code: 'MalformedInput', status: 400 },
      'rest-xml': { code: 'MalformedXML', status: 400 },
    }),
  /** The path holds a % that no two hexadecimal digits follow, or bytes that are no UTF-8. */
  malformedPath: (path: string) =>
    new EdgeError(`The path "${path}" is not valid percent-encoding.`, {
      json: { code: 'SerializationException', status: 400 },
      'rest-json': { code: 'BadRequestException', status: 400 },
      query: { code: 'MalformedQueryString', status: 400 },
      'rest-xml': { code: 'InvalidURI', status: 400, message: "Couldn't parse the specified URI." },
      s3: {
        code: 'InvalidURI',
        status: 400,
        message: "Couldn't parse the specified URI.",
        members: { URI: path },
      },
    }),
  /** @param limit in bytes */
  bodyTooLarge: (limit: number, operation: string | undefined) =>
    new EdgeError(
      `Request must be smaller than ${limit} bytes for ${operation === undefined ? 'this' : `the ${operation}`} operation.`,
      {
        json: { code: 'RequestEntityTooLargeException', status: 413 },
        'rest-json': { code: 'RequestEntityTooLargeException', status: 413 },
        query: { code: 'RequestEntityTooLarge', status: 413 },
        s3: {
          code: 'MaxMessageLengthExceeded',
          status: 400,
          message: 'Your request was too big.',
          members: { MaxMessageLengthBytes: limit },
        },
      },
    ),
  /** Our bug: the log says more. */
  internal: () =>
    new EdgeError('Slipway failed; its log says why.', {
      json: { code: 'InternalFailure', status: 500 },
      'rest-json': { code: 'InternalFailure', status: 500 },
      query: { code: 'InternalFailure', status: 500 },
      'rest-xml': { code: 'InternalError', status: 500 },
    }),
} as const;
