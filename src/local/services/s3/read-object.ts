/** What GetObject and HeadObject share: find the version, its conditions, its range or part, its headers. */
import type { GetObjectCommandInput, GetObjectOutput } from '@aws-sdk/client-s3';
import { AwsError, type Call } from '../../service.ts';
import { checksumAnswer, expirationAnswer, objectAnswer } from './answers.ts';
import { asMember } from './checksums/checksums.ts';
import { notModified, readConditions } from './conditions.ts';
import { findVersion, markerHeaders, quoted, type S3Context } from './context.ts';
import { checkReadKey, customerKeyNames } from './customer-key.ts';
import { invalidArgument, invalidRequest, methodNotAllowed } from './errors.ts';
import type { StoredObject } from './objects.ts';
import { readRange, type Span } from './range.ts';
import { isArchived } from './storage-class.ts';

export const readNames = [
  'Bucket',
  'Key',
  'VersionId',
  'IfMatch',
  'IfNoneMatch',
  'IfModifiedSince',
  'IfUnmodifiedSince',
  'Range',
  'PartNumber',
  'ChecksumMode',
  'ExpectedBucketOwner',
  ...customerKeyNames,
  'ResponseCacheControl',
  'ResponseContentDisposition',
  'ResponseContentEncoding',
  'ResponseContentLanguage',
  'ResponseContentType',
  'ResponseExpires',
] as const satisfies readonly (keyof GetObjectCommandInput)[];

type ReadInput = Pick<GetObjectCommandInput, (typeof readNames)[number]>;

interface Read {
  readonly version: StoredObject;
  readonly span: Span;
  readonly answer: Omit<GetObjectOutput, 'Body'>;
}

const overrides = [
  ['ResponseCacheControl', 'response-cache-control'],
  ['ResponseContentDisposition', 'response-content-disposition'],
  ['ResponseContentEncoding', 'response-content-encoding'],
  ['ResponseContentLanguage', 'response-content-language'],
  ['ResponseContentType', 'response-content-type'],
] as const satisfies readonly (readonly [member: keyof ReadInput, parameter: string])[];

/** HTTP carries a header in ISO 8859-1, without line ends and other control characters. */
function checkOverrides(input: ReadInput): void {
  for (const [member, parameter] of overrides) {
    const value = input[member];
    if (value !== undefined && /[^\t -~\u0080-\u00ff]/.test(value))
      throw new AwsError('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', 400, {
        ArgumentName: parameter,
        ArgumentValue: value,
      });
  }
}

export function readObject(ctx: S3Context, input: ReadInput, call: Call, method: 'GET' | 'HEAD'): Read {
  const bucket = ctx.buckets.get(input.Bucket);
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html: overrides need a signature
  if (call.caller.kind === 'anonymous' && Object.keys(input).some((name) => name.startsWith('Response')))
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
  checkOverrides(input);
  const encryption = call.http?.headers['x-amz-server-side-encryption'];
  if (typeof encryption === 'string')
    throw invalidArgument(
      'x-amz-server-side-encryption header is not supported for this operation.',
      'x-amz-server-side-encryption',
      encryption,
    );
  const version = findVersion(ctx, bucket, input, call);
  if (version.deleteMarker) {
    ctx.extraHeaders.set(call, {
      ...markerHeaders(version.versionId),
      'last-modified': new Date(version.modified).toUTCString(),
      allow: 'DELETE',
    });
    throw methodNotAllowed(method);
  }
  checkReadKey(input, version.encryption);
  if (readConditions(input, version, ctx.env.clock.now()) === 'not-modified') {
    ctx.extraHeaders.set(call, notModifiedHeaders(version));
    throw notModified();
  }
  if (method === 'GET' && isArchived(version.storageClass))
    throw new AwsError(
      'InvalidObjectState',
      "The operation is not valid for the object's storage class",
      403,
      {
        StorageClass: version.storageClass,
      },
    );
  const part = input.PartNumber === undefined ? undefined : partSpan(version, input.PartNumber);
  if (part && input.Range !== undefined)
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  const span = part ?? readRange(input.Range, version.size);
  const whole: Span = { start: 0, end: version.size };
  const { start, end } = span ?? whole;
  const answer = {
    ...objectAnswer(bucket, version, input),
    ContentLength: end - start,
    ...(span ? { ContentRange: `bytes ${start}-${end - 1}/${version.size}` } : {}),
    ...(part?.count ? { PartsCount: part.count } : {}),
    ...(input.ChecksumMode?.toUpperCase() === 'ENABLED' ? checksumOf(version, span, part) : {}),
    ...expirationAnswer(ctx, bucket, input.Key ?? '', version),
  };
  return { version, span: span ?? whole, answer };
}

const notModifiedHeaders = (version: StoredObject): Record<string, string> => ({
  etag: quoted(version),
  'last-modified': new Date(version.modified).toUTCString(),
  ...(version.headers.CacheControl ? { 'cache-control': version.headers.CacheControl } : {}),
});

interface PartSpan extends Span {
  readonly count: number;
  readonly checksum?: string | undefined;
}

function partSpan(version: StoredObject, number: number): PartSpan {
  const parts = version.parts ?? [{ number: 1, size: version.size }];
  let start = 0;
  for (const part of parts) {
    if (part.number === number)
      return {
        start,
        end: start + part.size,
        count: version.parts ? parts.length : 0,
        ...('checksum' in part ? { checksum: part.checksum } : {}),
      };
    start += part.size;
  }
  throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
    PartNumberRequested: number,
    ActualPartCount: parts.length,
  });
}

/** Of a part, its own checksum; of a range, none: what is stored covers the whole object. */
function checksumOf(version: StoredObject, span: Span | undefined, part: PartSpan | undefined) {
  if (part?.checksum && version.checksum?.type === 'COMPOSITE')
    return {
      ...asMember({ ...version.checksum, value: part.checksum }),
      ChecksumType: version.checksum.type,
    };
  if (span && span.end - span.start < version.size) return {};
  return checksumAnswer(version);
}
