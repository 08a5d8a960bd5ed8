/** The object version that a tagging or ACL call is for. */
import type { Call } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';
import { findVersion, type S3Context } from './context.ts';
import { methodNotAllowed } from './errors.ts';
import type { StoredObject } from './objects.ts';

interface OnVersion {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly VersionId?: string | undefined;
}

export function findTagged(
  ctx: S3Context,
  input: OnVersion,
  call: Call,
  method: string,
  /** Whether a current delete marker is answered as a key that is not there. */
  hidden = false,
): { readonly bucket: BucketRecord; readonly version: StoredObject } {
  const bucket = ctx.buckets.get(input.Bucket);
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html: a marker takes no tags and has no ACL
  if (input.VersionId === undefined && !hidden && ctx.objects.current(bucket, input.Key ?? '')?.deleteMarker)
    throw methodNotAllowed(method);
  const version = findVersion(ctx, bucket, input, call);
  if (version.deleteMarker) throw methodNotAllowed(method);
  return { bucket, version };
}
