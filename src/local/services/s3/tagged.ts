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
): { readonly bucket: BucketRecord; readonly version: StoredObject } {
  const bucket = ctx.buckets.get(input.Bucket);
  const version = findVersion(ctx, bucket, input, call);
  if (version.deleteMarker) throw methodNotAllowed(method);
  return { bucket, version };
}
