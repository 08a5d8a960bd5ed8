/** What PutObject, CopyObject and CreateMultipartUpload say alike: headers, metadata, tags, class, encryption. */
import type { Tag } from '@aws-sdk/client-s3';
import { AwsError, unsupported } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';
import { customerKeyNames, readWriteKey } from './customer-key.ts';
import { invalidArgument } from './errors.ts';
import { lockNames, readLock } from './object-lock.ts';
import type { NewVersion, ObjectHeaders } from './objects.ts';
import type { Encryption, Lock } from './protection.ts';
import { readStorageClass } from './storage-class.ts';
import { checkTags } from './tags.ts';

interface WriteOptions {
  readonly ACL?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly Metadata?: Record<string, string> | undefined;
  readonly Tagging?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

/** The names above, for `accepts`. */
export const writeOptionNames = [
  'ACL',
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'Metadata',
  'Tagging',
  'StorageClass',
  'ServerSideEncryption',
  'SSEKMSKeyId',
  'BucketKeyEnabled',
  ...customerKeyNames,
  ...lockNames,
] as const;

/** What is said of an object beside its bytes. */
export type Described = Pick<
  NewVersion,
  'headers' | 'metadata' | 'tags' | 'storageClass' | 'encryption' | 'lock'
>;

export function readWriteOptions(input: WriteOptions, bucket: BucketRecord, now: number): Described {
  checkAcl(input.ACL, bucket);
  const tags = input.Tagging ? parseTagging(input.Tagging) : [];
  const storageClass = readStorageClass(input.StorageClass);
  const metadata = readMetadata(input.Metadata);
  const lock: Lock | undefined = readLock(input, bucket, now);
  return {
    headers: readHeaders(input),
    ...(metadata ? { metadata } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(storageClass ? { storageClass } : {}),
    encryption: readEncryption(input, bucket),
    ...(lock ? { lock } : {}),
  };
}

/** Only what gives nobody else anything. ACLs are not evaluated; bucket policies are. */
export function checkAcl(acl: string | undefined, bucket: Pick<BucketRecord, 'ownership'>): void {
  if (acl === undefined || acl === 'private' || acl === 'bucket-owner-full-control') return;
  if (bucket.ownership === 'BucketOwnerEnforced')
    throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  throw unsupported(`the ACL ${acl} (a bucket policy does the same)`);
}

function readHeaders(input: WriteOptions): ObjectHeaders {
  const headers: Record<string, string> = { ContentType: input.ContentType ?? 'binary/octet-stream' };
  for (const name of ['CacheControl', 'ContentDisposition', 'ContentLanguage'] as const)
    if (input[name] !== undefined) headers[name] = input[name];
  // aws-chunked is of the transfer, not of the object.
  const encoding = input.ContentEncoding?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== 'aws-chunked')
    .join(',');
  if (encoding) headers.ContentEncoding = encoding;
  if (input.Expires) headers.Expires = input.Expires.toUTCString();
  return headers;
}

function readMetadata(metadata: Record<string, string> | undefined): Record<string, string> | undefined {
  if (metadata === undefined) return undefined;
  const entries = Object.entries(metadata);
  if (entries.length === 0) return undefined;
  const size = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
  if (size > 2048)
    throw new AwsError(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
      400,
      { Size: size, MaxSizeAllowed: 2048 },
    );
  return Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), value]));
}

export function parseTagging(text: string): Tag[] {
  const tags = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));
  checkTags(tags, 10);
  return tags;
}

/** The key of SSE-KMS is kept by its name: nothing on this machine is encrypted with it. */
function readEncryption(input: WriteOptions, bucket: BucketRecord): Encryption {
  const customerKey = readWriteKey(input, bucket);
  if (customerKey) return customerKey;
  const byDefault = bucket.encryption?.ApplyServerSideEncryptionByDefault;
  const algorithm = input.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? 'AES256';
  if (algorithm === 'AES256') {
    if (input.SSEKMSKeyId !== undefined)
      throw invalidArgument(
        'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
        'x-amz-server-side-encryption',
        algorithm,
      );
    return { ServerSideEncryption: 'AES256' };
  }
  if (algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse')
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      algorithm,
    );
  const key = input.SSEKMSKeyId ?? byDefault?.KMSMasterKeyID;
  const bucketKey = input.BucketKeyEnabled ?? bucket.encryption?.BucketKeyEnabled;
  return {
    ServerSideEncryption: algorithm,
    ...(key ? { SSEKMSKeyId: key } : {}),
    ...(bucketKey ? { BucketKeyEnabled: true } : {}),
  };
}
