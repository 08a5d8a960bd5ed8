/** The buckets of all accounts and regions, for their names are one list, one record each with all of its configuration; kept in memory as well. */
import type {
  CORSRule,
  LifecycleRule,
  LoggingEnabled,
  NotificationConfiguration,
  PublicAccessBlockConfiguration,
  ServerSideEncryptionRule,
  Tag,
} from '@aws-sdk/client-s3';
import type { Scope } from '../../../core/regions.ts';
import { type NamedPolicy, parsePolicy } from '../../../iam/index.ts';
import type { Store } from '../../store/store.ts';
import { noSuchBucket } from './errors.ts';
import type { DefaultLock } from './protection.ts';

type Ownership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

export const isOwnership = (name: string | undefined): name is Ownership =>
  name === 'BucketOwnerEnforced' || name === 'BucketOwnerPreferred' || name === 'ObjectWriter';

/** Its account is its owner. */
export interface BucketRecord extends Scope {
  readonly name: string;
  /** A bucket made again under its name has none of the old keys. */
  readonly id: string;
  readonly createdAt: number;
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly policy?: string;
  readonly publicAccessBlock?: PublicAccessBlockConfiguration;
  /** Absent: SSE-S3, as for every bucket. */
  readonly encryption?: ServerSideEncryptionRule;
  /** Absent when the controls were deleted. */
  readonly ownership?: Ownership;
  readonly cors?: readonly CORSRule[];
  readonly lifecycle?: readonly LifecycleRule[];
  readonly lifecycleSizes?: 'all_storage_classes_128K' | 'varies_by_storage_class';
  readonly tags?: readonly Tag[];
  readonly logging?: LoggingEnabled;
  readonly notification?: NotificationConfiguration;
  /** Present: Object Lock is on, and stays on. */
  readonly objectLock?: { readonly retention?: DefaultLock };
}

export interface Buckets {
  find(name: string | undefined): BucketRecord | undefined;
  /** @throws NoSuchBucket */
  get(name: string | undefined): BucketRecord;
  /** In the order of their names. */
  all(): readonly BucketRecord[];
  put(bucket: BucketRecord): void;
  /** Changes some of the configuration; undefined removes. */
  change(name: string | undefined, change: Partial<BucketRecord>): void;
  delete(name: string): void;
  /** The bucket policy, parsed once per change. */
  policy(bucket: BucketRecord): NamedPolicy | undefined;
}

/** @param home of the buckets that were made before there were other regions */
export function openBuckets(store: Store, home: Scope): Buckets {
  const records = store.collection<Omit<BucketRecord, keyof Scope> & Partial<Scope>>('s3.buckets');
  const known = new Map(
    [...records.values()].map((bucket): [string, BucketRecord] => [bucket.name, { ...home, ...bucket }]),
  );
  const policies = new WeakMap<BucketRecord, NamedPolicy>();
  const get = (name: string | undefined) => {
    const bucket = known.get(name ?? '');
    if (!bucket) throw noSuchBucket(name ?? '');
    return bucket;
  };
  const put = (bucket: BucketRecord) => {
    records.put(bucket.name, bucket);
    known.set(bucket.name, bucket);
  };
  return {
    find: (name) => known.get(name ?? ''),
    get,
    all: () => [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    put,
    change(name, change) {
      const next: Record<string, unknown> = { ...get(name) };
      for (const [key, value] of Object.entries(change)) {
        if (value === undefined) delete next[key];
        else next[key] = value;
      }
      // Every key and value comes from a BucketRecord or a part of one.
      put(next as unknown as BucketRecord);
    },
    delete(name) {
      records.delete(name);
      known.delete(name);
    },
    policy(bucket) {
      if (bucket.policy === undefined) return undefined;
      let parsed = policies.get(bucket);
      if (!parsed) {
        parsed = {
          name: `bucket policy of ${bucket.name}`,
          document: parsePolicy(bucket.policy, 'resource'),
        };
        policies.set(bucket, parsed);
      }
      return parsed;
    },
  };
}
