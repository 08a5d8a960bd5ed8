/** What every operation of S3 works on. */
import type { AwsError, Call, ServiceEnvironment } from '../../service.ts';
import type { Bodies } from '../../store/bodies.ts';
import type { BucketRecord, Buckets } from './buckets.ts';
import { invalidVersionId, noSuchKey, noSuchVersion } from './errors.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Notifications } from './notifications.ts';
import { isVersionId, type Objects, type StoredObject, type Version } from './objects.ts';
import type { StorageMeter } from './storage-meter.ts';
import type { Uploads } from './uploads.ts';

export interface S3Context {
  readonly env: ServiceEnvironment;
  readonly bodies: Bodies;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly uploads: Uploads;
  readonly meter: StorageMeter;
  readonly notifications: Notifications;
  readonly lifecycle: Lifecycle;
  /** Headers for the answer to this call that its output shape does not carry, or that its error needs. */
  readonly extraHeaders: WeakMap<Call, Record<string, string>>;
}

/** The version that a read is for. A delete marker is none; the answer then says that it was one. */
export function findVersion(
  ctx: S3Context,
  bucket: BucketRecord,
  input: { readonly Key?: string | undefined; readonly VersionId?: string | undefined },
  call: Call,
): Version {
  const key = input.Key ?? '';
  if (input.VersionId !== undefined) {
    const version = ctx.objects.version(bucket, key, input.VersionId);
    if (!version) throw unknownVersion(bucket, key, input.VersionId);
    return version;
  }
  const current = ctx.objects.current(bucket, key);
  if (!current) throw noSuchKey(key);
  if (current.deleteMarker) {
    ctx.extraHeaders.set(call, markerHeaders(current.versionId));
    throw noSuchKey(key);
  }
  return current;
}

/** S3's ids tell whether they were ever given out. */
export const unknownVersion = (bucket: BucketRecord, key: string, id: string): AwsError =>
  isVersionId(bucket, id) ? noSuchVersion(key, id) : invalidVersionId(id);

export const markerHeaders = (versionId: string) => ({
  'x-amz-delete-marker': 'true',
  'x-amz-version-id': versionId,
});

/** Buckets that never were versioned show no version ids. */
export const shownVersion = (bucket: BucketRecord, version: Pick<Version, 'versionId'>) =>
  bucket.versioning === undefined ? {} : { VersionId: version.versionId };

export const quoted = (version: Pick<StoredObject, 'etag'>): string => `"${version.etag}"`;
