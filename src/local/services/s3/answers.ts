/** The headers of an object, as GetObject, HeadObject and the writers answer them. */
import type { GetObjectOutput } from '@aws-sdk/client-s3';
import type { BucketRecord } from './buckets.ts';
import { asMember } from './checksums/checksums.ts';
import { quoted, type S3Context, shownVersion } from './context.ts';
import { lockAnswer } from './object-lock.ts';
import type { StoredObject } from './objects.ts';

export function writtenAnswer(ctx: S3Context, bucket: BucketRecord, key: string, version: StoredObject) {
  return {
    ETag: quoted(version),
    ...version.encryption,
    ...(version.checksum ? { ...asMember(version.checksum), ChecksumType: version.checksum.type } : {}),
    ...(version.versionId === 'null' ? {} : shownVersion(bucket, version)),
    ...expirationAnswer(ctx, bucket, key, version),
  };
}

interface Overrides {
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseContentType?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
  readonly ChecksumMode?: string | undefined;
}

/** Everything but the body and what depends on the range. */
export function objectAnswer(
  bucket: BucketRecord,
  version: StoredObject,
  input: Overrides,
): Omit<GetObjectOutput, 'Body'> {
  const { headers } = version;
  const expires = input.ResponseExpires ?? (headers.Expires ? new Date(headers.Expires) : undefined);
  const answer: Omit<GetObjectOutput, 'Body'> = {
    AcceptRanges: 'bytes',
    LastModified: new Date(version.modified),
    ETag: quoted(version),
    ContentType: input.ResponseContentType ?? headers.ContentType,
    CacheControl: input.ResponseCacheControl ?? headers.CacheControl,
    ContentDisposition: input.ResponseContentDisposition ?? headers.ContentDisposition,
    ContentEncoding: input.ResponseContentEncoding ?? headers.ContentEncoding,
    ContentLanguage: input.ResponseContentLanguage ?? headers.ContentLanguage,
    ...(expires ? { Expires: expires } : {}),
    ...(version.metadata ? { Metadata: { ...version.metadata } } : {}),
    ...version.encryption,
    ...(version.storageClass ? { StorageClass: version.storageClass } : {}),
    ...lockAnswer(version.lock),
    ...shownVersion(bucket, version),
  };
  if (version.tags?.length) answer.TagCount = version.tags.length;
  return answer;
}

export const checksumAnswer = (version: StoredObject) =>
  version.checksum ? { ...asMember(version.checksum), ChecksumType: version.checksum.type } : {};

/** When a lifecycle rule will end the object. */
export function expirationAnswer(ctx: S3Context, bucket: BucketRecord, key: string, version: StoredObject) {
  const found = ctx.lifecycle.expiration(bucket, key, version);
  return found
    ? {
        Expiration: `expiry-date="${new Date(found.at).toUTCString()}", rule-id="${encodeURIComponent(found.rule)}"`,
      }
    : {};
}
