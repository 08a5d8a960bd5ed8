/** The `x-amz-copy-source` of CopyObject and UploadPartCopy: which object, whether its conditions hold. */
import { type AccessCheck, type Call, unsupported } from '../../service.ts';
import { readCheck } from './access.ts';
import type { BucketRecord } from './buckets.ts';
import { readConditions } from './conditions.ts';
import { findVersion, type S3Context } from './context.ts';
import { checkReadKey, sourceKey, sourceKeyNames } from './customer-key.ts';
import { invalidArgument, invalidRequest, preconditionFailed } from './errors.ts';
import type { StoredObject } from './objects.ts';

interface CopyInput {
  readonly CopySource: string | undefined;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
}

export const copyNames = [
  'CopySource',
  'CopySourceIfMatch',
  'CopySourceIfNoneMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfUnmodifiedSince',
  'ExpectedSourceBucketOwner',
  ...sourceKeyNames,
] as const;

interface Source {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
  readonly ExpectedBucketOwner?: string | undefined;
  /** Objects are copied between regions. */
  readonly anyRegion: true;
}

export function readSource(input: CopyInput): Source {
  const header = input.CopySource ?? '';
  if (header.startsWith('arn:')) throw unsupported('access points as copy source');
  const mark = header.indexOf('?versionId=');
  const path = mark < 0 ? header : header.slice(0, mark);
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decode(path, header));
  if (!match?.[1] || !match[2])
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source');
  return {
    Bucket: match[1],
    Key: match[2],
    ...(mark < 0 ? {} : { VersionId: decode(header.slice(mark + '?versionId='.length), header) }),
    ExpectedBucketOwner: input.ExpectedSourceBucketOwner,
    anyRegion: true,
  };
}

function decode(text: string, header: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidArgument('Invalid copy source encoding.', 'x-amz-copy-source', header);
  }
}

export const sourceCheck = (ctx: S3Context, input: CopyInput, call: Call): readonly AccessCheck[] =>
  readCheck(ctx, readSource(input), call);

/** @throws NoSuchKey, PreconditionFailed */
export function openSource(
  ctx: S3Context,
  input: CopyInput,
  call: Call,
): { readonly bucket: BucketRecord; readonly source: Source; readonly version: StoredObject } {
  const source = readSource(input);
  const bucket = ctx.buckets.get(source.Bucket);
  const version = findVersion(ctx, bucket, source, call);
  if (version.deleteMarker)
    throw invalidRequest(
      'The source of a copy request may not specifically refer to a delete marker by version id.',
    );
  checkReadKey(sourceKey(input), version.encryption);
  const state = readConditions(
    {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    },
    version,
    ctx.env.clock.now(),
    'x-amz-copy-source-',
  );
  // There is no 304 for a copy.
  if (state === 'not-modified')
    throw preconditionFailed(
      input.CopySourceIfNoneMatch === undefined
        ? 'x-amz-copy-source-If-Modified-Since'
        : 'x-amz-copy-source-If-None-Match',
    );
  return { bucket, source, version };
}
