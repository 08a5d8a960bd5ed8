/**
 * Lifecycle rules, applied once a day at midnight UTC of the given clock, as S3 does: a day's rule takes effect at
 * the midnight after its days have passed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
import type { LifecycleRule, Tag } from '@aws-sdk/client-s3';
import type { Timer } from '../../../core/clock.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { BucketRecord, Buckets } from './buckets.ts';
import type { Notifications } from './notifications.ts';
import { isLocked } from './object-lock.ts';
import { type Objects, type StoredObject, storageClassOf, type Version } from './objects.ts';
import { isStorageClass, type StorageClass } from './storage-class.ts';
import type { Uploads } from './uploads.ts';

const dayMs = 86_400_000;
const nextMidnight = (ms: number) => Math.ceil(ms / dayMs) * dayMs;
const after = (ms: number, days: number) => nextMidnight(ms + days * dayMs);

export interface Lifecycle {
  /** When the object's current version will expire, by the rule that does it first. */
  expiration(
    bucket: BucketRecord,
    key: string,
    version: StoredObject,
  ): { readonly at: number; readonly rule: string } | undefined;
  start(): void;
  stop(): void;
}

interface Parts {
  readonly env: ServiceEnvironment;
  readonly buckets: Buckets;
  readonly objects: Objects;
  readonly uploads: Uploads;
  readonly notifications: Notifications;
}

export function createLifecycle(ctx: Parts): Lifecycle {
  const { clock } = ctx.env;
  let timer: Timer | undefined;
  const run = () => {
    for (const bucket of ctx.buckets.all()) {
      const rules = enabled(bucket);
      if (rules.length > 0) sweep(ctx, bucket, rules, clock.now());
    }
  };
  return {
    expiration(bucket, key, version) {
      if (!bucket.lifecycle) return undefined;
      let first: { at: number; rule: string } | undefined;
      for (const rule of enabled(bucket)) {
        const at = covers(rule, key, version) ? expiresAt(rule, version) : undefined;
        if (at !== undefined && (!first || at < first.at)) first = { at, rule: rule.ID ?? '' };
      }
      return first;
    },
    // What fell due while the cloud was down is done at once.
    start() {
      run();
      timer = clock.repeat(() => nextMidnight(clock.now() + 1) - clock.now(), run);
    },
    stop: () => timer?.cancel(),
  };
}

const enabled = (bucket: BucketRecord) =>
  (bucket.lifecycle ?? []).filter((rule) => rule.Status === 'Enabled');

interface Filter {
  readonly prefix: string;
  readonly tags: readonly Tag[];
  readonly above: number;
  readonly below: number;
}

function filterOf(rule: LifecycleRule): Filter {
  const { Filter: filter } = rule;
  const and = filter?.And;
  return {
    prefix: and?.Prefix ?? filter?.Prefix ?? rule.Prefix ?? '',
    tags: and?.Tags ?? (filter?.Tag ? [filter.Tag] : []),
    above: and?.ObjectSizeGreaterThan ?? filter?.ObjectSizeGreaterThan ?? -1,
    below: and?.ObjectSizeLessThan ?? filter?.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY,
  };
}

function covers(rule: LifecycleRule, key: string, version: StoredObject): boolean {
  const { prefix, tags, above, below } = filterOf(rule);
  return (
    key.startsWith(prefix) &&
    version.size > above &&
    version.size < below &&
    tags.every((tag) => version.tags?.some((own) => own.Key === tag.Key && own.Value === tag.Value))
  );
}

function expiresAt({ Expiration: expiration }: LifecycleRule, version: StoredObject): number | undefined {
  if (expiration?.Date) return expiration.Date.getTime();
  return expiration?.Days ? after(version.modified, expiration.Days) : undefined;
}

function sweep(ctx: Parts, bucket: BucketRecord, rules: readonly LifecycleRule[], now: number): void {
  const keys = [...ctx.objects.entries(bucket, {})].map(([key]) => key);
  for (const key of keys) {
    expireNoncurrent(ctx, bucket, key, rules, now);
    expireCurrent(ctx, bucket, key, rules, now);
    transition(ctx, bucket, key, rules, now);
  }
  for (const upload of [...ctx.uploads.all(bucket)])
    for (const rule of rules) {
      const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation;
      if (days && upload.key.startsWith(filterOf(rule).prefix) && after(upload.initiated, days) <= now) {
        ctx.uploads.end(bucket, upload, new Set());
        break;
      }
    }
}

function expireCurrent(
  ctx: Parts,
  bucket: BucketRecord,
  key: string,
  rules: readonly LifecycleRule[],
  now: number,
): void {
  const current = ctx.objects.current(bucket, key);
  if (!current) return;
  if (current.deleteMarker) {
    if ([...ctx.objects.older(bucket, key)].length > 0) return;
    // A marker with nothing under it: by name of the option, or once it is as old as the rule's days.
    const due = rules.some(
      (rule) =>
        key.startsWith(filterOf(rule).prefix) &&
        (rule.Expiration?.ExpiredObjectDeleteMarker ||
          (rule.Expiration?.Days && after(current.modified, rule.Expiration.Days) <= now)),
    );
    if (due) {
      ctx.objects.deleteVersion(bucket, key, current.versionId);
      ctx.notifications.emit(bucket, 'LifecycleExpiration:Delete', key, current, undefined);
    }
    return;
  }
  const due = rules.some((rule) => {
    const at = covers(rule, key, current) ? expiresAt(rule, current) : undefined;
    return at !== undefined && at <= now;
  });
  if (!due) return;
  const marker = ctx.objects.delete(bucket, key);
  ctx.notifications.emit(
    bucket,
    marker ? 'LifecycleExpiration:DeleteMarkerCreated' : 'LifecycleExpiration:Delete',
    key,
    marker ?? current,
    undefined,
  );
}

function expireNoncurrent(
  ctx: Parts,
  bucket: BucketRecord,
  key: string,
  rules: readonly LifecycleRule[],
  now: number,
): void {
  const older = [...ctx.objects.older(bucket, key)];
  older.forEach((version, index) => {
    const due = rules.some((rule) => {
      const { NoncurrentDays: days, NewerNoncurrentVersions: keep = 0 } =
        rule.NoncurrentVersionExpiration ?? {};
      if (!days || index < keep) return false;
      const covered = version.deleteMarker
        ? key.startsWith(filterOf(rule).prefix)
        : covers(rule, key, version);
      return covered && after(version.noncurrentSince ?? version.modified, days) <= now;
    });
    if (!due || isLocked(version, now)) return;
    ctx.objects.deleteVersion(bucket, key, version.versionId);
    ctx.notifications.emit(bucket, 'LifecycleExpiration:Delete', key, version, undefined);
  });
}

/** Objects only move down this stair. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const stair: readonly StorageClass[] = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
];
/** Smaller objects stay where they are, unless a rule's filter names a size. */
const smallest = 128 * 1024;

function transition(
  ctx: Parts,
  bucket: BucketRecord,
  key: string,
  rules: readonly LifecycleRule[],
  now: number,
): void {
  const move = (version: Version | undefined, index: number | undefined) => {
    if (!version || version.deleteMarker) return;
    let target = storageClassOf(version);
    for (const rule of rules) {
      if (!covers(rule, key, version)) continue;
      for (const wanted of dueClasses(rule, version, index, now)) {
        const { above, below } = filterOf(rule);
        const sized = above >= 0 || Number.isFinite(below);
        const anySize =
          bucket.lifecycleSizes === 'varies_by_storage_class' &&
          (wanted === 'GLACIER' || wanted === 'DEEP_ARCHIVE');
        if (version.size < smallest && !sized && !anySize) continue;
        if (stair.indexOf(wanted) > stair.indexOf(target)) target = wanted;
      }
    }
    if (target === storageClassOf(version)) return;
    const moved = { ...version, storageClass: target };
    ctx.objects.replace(bucket, key, moved);
    ctx.notifications.emit(bucket, 'LifecycleTransition', key, moved, undefined);
  };
  move(ctx.objects.current(bucket, key), undefined);
  for (const [index, version] of [...ctx.objects.older(bucket, key)].entries()) move(version, index);
}

/** @param index of a noncurrent version: how many noncurrent ones are newer */
function dueClasses(
  rule: LifecycleRule,
  version: StoredObject,
  index: number | undefined,
  now: number,
): readonly StorageClass[] {
  if (index === undefined)
    return (rule.Transitions ?? [])
      .filter(({ Date: date, Days: days }) =>
        date ? date.getTime() <= now : after(version.modified, days ?? 0) <= now,
      )
      .map((one) => one.StorageClass)
      .filter(isStorageClass);
  return (rule.NoncurrentVersionTransitions ?? [])
    .filter(
      ({ NoncurrentDays: days = 0, NewerNoncurrentVersions: keep = 0 }) =>
        index >= keep && after(version.noncurrentSince ?? version.modified, days) <= now,
    )
    .map((one) => one.StorageClass)
    .filter(isStorageClass);
}
