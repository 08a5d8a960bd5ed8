/**
 * The versions of every key. The current one (an object or a delete marker) stands in one collection, the
 * noncurrent ones, newest first, in another; a noncurrent version never stands without a current one.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
 */
import type { Tag } from '@aws-sdk/client-s3';
import type { Clock } from '../../../core/clock.ts';
import type { Bodies, Piece } from '../../store/bodies.ts';
import type { Range, Store } from '../../store/store.ts';
import type { BucketRecord } from './buckets.ts';
import type { Checksum } from './checksums/checksums.ts';
import { withDefault } from './object-lock.ts';
import type { Encryption, Lock } from './protection.ts';
import type { StorageClass } from './storage-class.ts';

export interface ObjectHeaders {
  readonly ContentType?: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  /** An HTTP date. */
  readonly Expires?: string;
}

interface PartInfo {
  readonly number: number;
  readonly size: number;
  readonly checksum?: string;
}

/** What a writer brings; the version's place in history is decided when it is put. */
export interface NewVersion {
  readonly pieces: readonly Piece[];
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tags?: readonly Tag[];
  /** Absent: STANDARD. */
  readonly storageClass?: StorageClass;
  readonly encryption: Encryption;
  readonly checksum?: Checksum;
  readonly lock?: Lock;
  /** The multipart upload that it was made by, and its parts. */
  readonly uploadId?: string;
  readonly parts?: readonly PartInfo[];
}

interface InHistory {
  /** `null` when versioning was not enabled. */
  readonly versionId: string;
  readonly order: number;
  readonly modified: number;
  /** ms since the epoch at which a newer version took its place. */
  readonly noncurrentSince?: number;
}

export interface StoredObject extends NewVersion, InHistory {
  readonly deleteMarker?: undefined;
}
interface DeleteMarker extends InHistory {
  readonly deleteMarker: true;
}
export type Version = StoredObject | DeleteMarker;

/** Told about every stored byte that comes or goes. */
export type SizeChanged = (bucket: string, storageClass: StorageClass, bytes: number) => void;

export interface Objects {
  current(bucket: BucketRecord, key: string): Version | undefined;
  version(bucket: BucketRecord, key: string, versionId: string): Version | undefined;
  /** @param make is called inside the transaction, to commit the body in it */
  put(bucket: BucketRecord, key: string, make: () => NewVersion): StoredObject;
  /** A delete without a version id: removes, or puts a delete marker. */
  delete(bucket: BucketRecord, key: string): DeleteMarker | undefined;
  deleteVersion(bucket: BucketRecord, key: string, versionId: string): Version | undefined;
  /** Changes a version in its place: tags, storage class. */
  replace(bucket: BucketRecord, key: string, version: Version): void;
  /** Current versions in the order of their keys. */
  entries(
    bucket: BucketRecord,
    range: Pick<Range, 'from' | 'after'>,
  ): Iterable<readonly [key: string, Version]>;
  /** Noncurrent versions, newest first. */
  older(bucket: BucketRecord, key: string): Iterable<Version>;
  isEmpty(bucket: BucketRecord): boolean;
}

/** Whether this is an id that versions of this bucket can have. */
export const isVersionId = (bucket: BucketRecord, id: string): boolean =>
  id === 'null' || (bucket.versioning !== undefined && /^[0-9a-z]{11}[0-9a-f]{21}$/.test(id));

/** The place in history of the version that has this id; none for the null version. */
export const orderOf = (versionId: string): number =>
  versionId === 'null' ? Number.NEGATIVE_INFINITY : Number.parseInt(versionId.slice(0, 11), 36);

export const storageClassOf = (version: NewVersion): StorageClass => version.storageClass ?? 'STANDARD';

export function openObjects(
  store: Store,
  bodies: Bodies,
  clock: Clock,
  randomId: (length: number) => string,
  sizeChanged: SizeChanged,
): Objects {
  const currents = store.collection<Version>('s3.objects');
  const olders = store.collection<Version>('s3.versions');
  let lastOrder = 0;

  const nextOrder = (current: Version | undefined) => {
    lastOrder = Math.max(clock.now() * 1000, lastOrder + 1, (current?.order ?? 0) + 1);
    return lastOrder;
  };
  const newId = (order: number) => `${order.toString(36).padStart(11, '0')}${randomId(21)}`;
  const forget = (bucket: BucketRecord, version: Version) => {
    if (version.deleteMarker) return;
    bodies.remove(version.pieces);
    sizeChanged(bucket.name, storageClassOf(version), -version.size);
  };
  const dropOlderNull = (bucket: BucketRecord, key: string) => {
    for (const version of [...olders.values({ prefix: [bucket.id, key] })])
      if (version.versionId === 'null') {
        olders.delete([bucket.id, key, -version.order]);
        forget(bucket, version);
      }
  };
  /** Makes room for a new current version. */
  const supersede = (bucket: BucketRecord, key: string, current: Version | undefined) => {
    if (bucket.versioning === undefined) {
      if (current) forget(bucket, current);
      return;
    }
    if (bucket.versioning === 'Suspended') dropOlderNull(bucket, key);
    if (!current) return;
    if (bucket.versioning === 'Suspended' && current.versionId === 'null') forget(bucket, current);
    else olders.put([bucket.id, key, -current.order], { ...current, noncurrentSince: clock.now() });
  };
  const place = (bucket: BucketRecord, current: Version | undefined) => {
    const order = nextOrder(current);
    const versionId = bucket.versioning === 'Enabled' ? newId(order) : 'null';
    // HTTP dates carry seconds; a sub-second part would make If-Modified-Since of the own answer fail.
    return { versionId, order, modified: Math.floor(clock.now() / 1000) * 1000 };
  };
  const withoutSince = ({ noncurrentSince: _, ...version }: Version): Version => version as Version;

  const findOlder = (bucket: BucketRecord, key: string, versionId: string): Version | undefined => {
    for (const version of olders.values({ prefix: [bucket.id, key] }))
      if (version.versionId === versionId) return version;
    return undefined;
  };

  return {
    current: (bucket, key) => currents.get([bucket.id, key]),
    version(bucket, key, versionId) {
      const current = currents.get([bucket.id, key]);
      return current?.versionId === versionId ? current : findOlder(bucket, key, versionId);
    },
    put: (bucket, key, make) =>
      store.transaction(() => {
        const version = make();
        const current = currents.get([bucket.id, key]);
        supersede(bucket, key, current);
        const lock = withDefault(version.lock, bucket, clock.now());
        const stored: StoredObject = { ...version, ...(lock ? { lock } : {}), ...place(bucket, current) };
        currents.put([bucket.id, key], stored);
        sizeChanged(bucket.name, storageClassOf(version), version.size);
        return stored;
      }),
    delete: (bucket, key) =>
      store.transaction(() => {
        const current = currents.get([bucket.id, key]);
        supersede(bucket, key, current);
        if (bucket.versioning === undefined) {
          if (current) currents.delete([bucket.id, key]);
          return undefined;
        }
        const marker: DeleteMarker = { deleteMarker: true, ...place(bucket, current) };
        currents.put([bucket.id, key], marker);
        return marker;
      }),
    deleteVersion: (bucket, key, versionId) =>
      store.transaction(() => {
        const current = currents.get([bucket.id, key]);
        if (current?.versionId === versionId) {
          forget(bucket, current);
          const [next] = olders.values({ prefix: [bucket.id, key], limit: 1 });
          if (next) {
            olders.delete([bucket.id, key, -next.order]);
            currents.put([bucket.id, key], withoutSince(next));
          } else currents.delete([bucket.id, key]);
          return current;
        }
        const older = findOlder(bucket, key, versionId);
        if (!older) return undefined;
        olders.delete([bucket.id, key, -older.order]);
        forget(bucket, older);
        return older;
      }),
    replace(bucket, key, version) {
      store.transaction(() => {
        const current = currents.get([bucket.id, key]);
        const isCurrent = current?.order === version.order;
        const before = isCurrent ? current : olders.get([bucket.id, key, -version.order]);
        if (!before) return;
        if (!before.deleteMarker) sizeChanged(bucket.name, storageClassOf(before), -before.size);
        if (!version.deleteMarker) sizeChanged(bucket.name, storageClassOf(version), version.size);
        if (isCurrent) currents.put([bucket.id, key], version);
        else olders.put([bucket.id, key, -version.order], version);
      });
    },
    *entries(bucket, range) {
      for (const [[, key], version] of currents.entries({ prefix: [bucket.id], ...range }))
        yield [String(key), version] as const;
    },
    older: (bucket, key) => olders.values({ prefix: [bucket.id, key] }),
    isEmpty(bucket) {
      for (const _ of currents.values({ prefix: [bucket.id], limit: 1 })) return false;
      return true;
    },
  };
}
