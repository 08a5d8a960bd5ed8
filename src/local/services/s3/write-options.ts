/** What PutObject, CopyObject and CreateMultipartUpload say alike: headers, metadata, tags, class, encryption. */
import { createHash } from 'node:crypto';
import type { Tag } from '@aws-sdk/client-s3';
import { formatArn } from '../../../core/arn.ts';
import type { Clock } from '../../../core/clock.ts';
import type { Scope } from '../../../core/regions.ts';
import { AwsError } from '../../service.ts';
import { checkAcl, objectGrantNames } from './acl.ts';
import type { BucketRecord } from './buckets.ts';
import { customerKeyNames, readWriteKey } from './customer-key.ts';
import { invalidArgument } from './errors.ts';
import { lockNames, readLock } from './object-lock.ts';
import type { NewVersion, ObjectHeaders } from './objects.ts';
import { ownerOf } from './owner.ts';
import type { Encryption, Lock } from './protection.ts';
import { readStorageClass } from './storage-class.ts';
import { checkTags } from './tags.ts';

interface WriteOptions {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
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
  ...objectGrantNames,
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

export function readWriteOptions(clock: Clock, input: WriteOptions, bucket: BucketRecord): Described {
  checkAcl(input, bucket, ownerOf(bucket.accountId).ID);
  const tags = input.Tagging ? parseTagging(input.Tagging) : [];
  const storageClass = readStorageClass(input.StorageClass);
  const metadata = readMetadata(input.Metadata);
  const lock: Lock | undefined = readLock(input, bucket, clock.now());
  return {
    headers: readHeaders(input),
    ...(metadata ? { metadata } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(storageClass ? { storageClass } : {}),
    encryption: readEncryption(input, bucket),
    ...(lock ? { lock } : {}),
  };
}

function readHeaders(input: WriteOptions): ObjectHeaders {
  const headers: Record<string, string> = { ContentType: input.ContentType ?? 'binary/octet-stream' };
  for (const name of ['CacheControl', 'ContentDisposition', 'ContentLanguage'] as const)
    if (input[name] !== undefined) headers[name] = input[name];
  // aws-chunked is of the transfer, not of the object.
  const encoding = input.ContentEncoding?.replace(/(^|,)\s*aws-chunked\s*(?=,|$)/g, '').replace(
    /^[\s,]+/,
    '',
  );
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
  const names = new Set(tags.map(({ Key }) => Key));
  if (names.size < tags.length || tags.some(({ Key, Value }) => /[,&=]/.test(Key) || Value.includes(',')))
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      text,
    );
  checkTags(tags, 10);
  return tags;
}

const keyId = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Answers name the key by its ARN; without one, it is the key that AWS keeps for S3 (alias aws/s3). */
function kmsKeyArn(scope: Scope, name: string | undefined): string {
  const arn = (resource: string) =>
    formatArn({ service: 'kms', region: scope.region, account: scope.accountId, resource });
  if (name === undefined || name === 'alias/aws/s3') return arn(`key/${ownKeyId(scope)}`);
  if (name.startsWith('arn:')) return name;
  if (/^alias\/[\w/-]+$/.test(name)) return arn(name);
  if (keyId.test(name)) return arn(`key/${name}`);
  throw new AwsError('KMS.NotFoundException', `Invalid keyId '${name}'`);
}

function ownKeyId({ accountId, region }: Scope): string {
  const sum = createHash('sha256').update(`aws/s3 of ${accountId} in ${region}`).digest('hex');
  return [sum.slice(0, 8), sum.slice(8, 12), sum.slice(12, 16), sum.slice(16, 20), sum.slice(20, 32)].join(
    '-',
  );
}

/**
 * Only of an object under S3's own keys is the ETag the MD5 of its bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export const etagIsMd5 = (encryption: Encryption): boolean =>
  'ServerSideEncryption' in encryption && encryption.ServerSideEncryption === 'AES256';

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
  const key = kmsKeyArn(bucket, input.SSEKMSKeyId ?? byDefault?.KMSMasterKeyID);
  const bucketKey = input.BucketKeyEnabled ?? bucket.encryption?.BucketKeyEnabled;
  return {
    ServerSideEncryption: algorithm,
    SSEKMSKeyId: key,
    ...(bucketKey ? { BucketKeyEnabled: true } : {}),
  };
}
