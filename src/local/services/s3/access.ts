/**
 * What a call on a bucket or an object needs permission for, with the bucket's policy and S3's condition keys.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

import { type AccessCheck, AwsError, type Call } from '../../service.ts';
import { bucketArn } from './arn.ts';
import type { BucketRecord } from './buckets.ts';
import type { S3Context } from './context.ts';
import { keyTooLong } from './errors.ts';
import { wrongRegion } from './location.ts';
import { isPublicPolicy } from './public-access.ts';

interface OnBucket {
  readonly Bucket: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
  /** The request may be sent to another region than the bucket's, as for the source of a copy. */
  readonly anyRegion?: true;
}

type Context = Record<string, string | readonly string[]>;

const headerKeys = [
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
  'x-amz-object-ownership',
  'x-amz-website-redirect-location',
  'x-amz-storage-class',
  'if-match',
  'if-none-match',
] as const;

function conditionKeys({ region }: BucketRecord, call: Call): Context {
  // The loopback interface stands for TLS 1.3, as it does for aws:SecureTransport.
  const keys: Context = { 's3:TlsVersion': '1.3', 'aws:RequestedRegion': region };
  const { http } = call;
  if (!http) return keys;
  keys['s3:authType'] = http.form ? 'POST' : http.presigned ? 'REST-QUERY-STRING' : 'REST-HEADER';
  if (call.accessKeyId) keys['s3:signatureversion'] = http.signedV2 ? 'AWS' : 'AWS4-HMAC-SHA256';
  for (const name of headerKeys) {
    const value = http.headers[name];
    if (typeof value === 'string') keys[`s3:${name}`] = value;
  }
  return keys;
}

/** A bucket policy that would open the bucket to the public counts for insiders only. */
function policyFor(ctx: S3Context, bucket: BucketRecord, call: Call) {
  const policy = ctx.buckets.policy(bucket);
  if (!policy || !bucket.publicAccessBlock?.RestrictPublicBuckets || !isPublicPolicy(policy.document))
    return policy;
  const insider = call.caller.kind === 'service' || call.caller.accountId === bucket.accountId;
  return insider ? policy : undefined;
}

function check(
  ctx: S3Context,
  input: OnBucket,
  call: Call,
  action: string,
  path: string,
  context: Context | undefined,
): AccessCheck {
  const bucket = ctx.buckets.get(input.Bucket);
  const elsewhere = input.anyRegion ? undefined : wrongRegion(bucket, call);
  if (elsewhere) {
    ctx.extraHeaders.set(call, { 'x-amz-bucket-region': bucket.region });
    throw elsewhere;
  }
  const { ExpectedBucketOwner: owner } = input;
  if (owner !== undefined && !/^\d{12}$/.test(owner))
    throw new AwsError(
      'InvalidBucketOwnerAWSAccountID',
      `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
    );
  if (owner !== undefined && owner !== bucket.accountId)
    throw new AwsError('AccessDenied', 'Access Denied', 403);
  const resourcePolicy = policyFor(ctx, bucket, call);
  return {
    action,
    resource: `${bucketArn(bucket.name)}${path}`,
    resourceAccountId: bucket.accountId,
    context: () => ({ ...conditionKeys(bucket, call), ...context }),
    ...(resourcePolicy ? { resourcePolicy } : {}),
  };
}

/** @throws NoSuchBucket */
export const bucketCheck = (
  ctx: S3Context,
  input: OnBucket,
  call: Call,
  action: string,
  context?: Context,
): AccessCheck => check(ctx, input, call, action, '', context);

/** @throws NoSuchBucket */
export function objectCheck(
  ctx: S3Context,
  input: OnBucket & { readonly Key: string | undefined },
  call: Call,
  action: string,
  context?: Context,
): AccessCheck {
  const size = Buffer.byteLength(input.Key ?? '');
  if (size > 1024) throw keyTooLong(size);
  return check(ctx, input, call, action, `/${input.Key}`, context);
}

interface OnVersion extends OnBucket {
  readonly Key: string | undefined;
  readonly VersionId?: string | undefined;
}

/**
 * Reading an object. Of a key that is not there, a caller without s3:ListBucket learns only that access is
 * denied: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function readCheck(
  ctx: S3Context,
  input: OnVersion,
  call: Call,
  actions: readonly [current: string, version: string] = ['s3:GetObject', 's3:GetObjectVersion'],
  keys: Context = {},
): readonly AccessCheck[] {
  const bucket = ctx.buckets.get(input.Bucket);
  const key = input.Key ?? '';
  const version =
    input.VersionId === undefined
      ? ctx.objects.current(bucket, key)
      : ctx.objects.version(bucket, key, input.VersionId);
  const context: Context = { ...keys };
  if (input.VersionId !== undefined) context['s3:VersionId'] = input.VersionId;
  if (version && !version.deleteMarker)
    for (const tag of version.tags ?? []) context[`s3:ExistingObjectTag/${tag.Key}`] = tag.Value ?? '';
  const read = objectCheck(
    ctx,
    input,
    call,
    input.VersionId === undefined ? actions[0] : actions[1],
    context,
  );
  return version ? [read] : [read, bucketCheck(ctx, input, call, 's3:ListBucket')];
}
