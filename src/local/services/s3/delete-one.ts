/** Deletes one key or version, for DeleteObject and DeleteObjects. */
import type { DeleteObjectOutput } from '@aws-sdk/client-s3';
import type { Call } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';
import { writeConditions } from './conditions.ts';
import type { S3Context } from './context.ts';
import { invalidVersionId } from './errors.ts';
import { checkDeletable } from './object-lock.ts';
import { isVersionId } from './objects.ts';

interface Deletion {
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly ifMatch?: string | undefined;
  /** x-amz-bypass-governance-retention */
  readonly bypass?: boolean | undefined;
}

export function deleteOne(
  ctx: S3Context,
  bucket: BucketRecord,
  { key, versionId, ifMatch, bypass }: Deletion,
  call: Call,
): DeleteObjectOutput {
  const current = ctx.objects.current(bucket, key);
  if (ifMatch !== undefined)
    writeConditions({ IfMatch: ifMatch }, key, () =>
      versionId === undefined ? current : ctx.objects.version(bucket, key, versionId),
    );
  if (versionId !== undefined) {
    if (!isVersionId(bucket, versionId)) throw invalidVersionId(versionId);
    checkDeletable(ctx.objects.version(bucket, key, versionId), bypass, ctx.env.clock.now());
    const gone = ctx.objects.deleteVersion(bucket, key, versionId);
    if (gone) ctx.notifications.emit(bucket, 'ObjectRemoved:Delete', key, gone, call);
    return { VersionId: versionId, ...(gone?.deleteMarker ? { DeleteMarker: true } : {}) };
  }
  const marker = ctx.objects.delete(bucket, key);
  if (marker) {
    ctx.notifications.emit(bucket, 'ObjectRemoved:DeleteMarkerCreated', key, marker, call);
    return { DeleteMarker: true, VersionId: marker.versionId };
  }
  if (current) ctx.notifications.emit(bucket, 'ObjectRemoved:Delete', key, current, call);
  return {};
}
