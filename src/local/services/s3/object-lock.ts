/**
 * Object Lock: what keeps a version from being deleted or overwritten in its place.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
import type { DefaultRetention } from '@aws-sdk/client-s3';
import { AwsError, type Call } from '../../service.ts';
import type { BucketRecord } from './buckets.ts';
import { invalidArgument, invalidRequest } from './errors.ts';
import type { DefaultLock, Lock, LockMode, Retention } from './protection.ts';

/** A version, or a delete marker, which cannot be locked. */
interface Lockable {
  readonly deleteMarker?: true | undefined;
  readonly lock?: Lock;
}

export interface LockInput {
  readonly ObjectLockMode?: string | undefined;
  readonly ObjectLockRetainUntilDate?: Date | undefined;
  readonly ObjectLockLegalHoldStatus?: string | undefined;
}

export const lockNames = [
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
] as const satisfies readonly (keyof LockInput)[];

export const dayMs = 86_400_000;

export const isMode = (mode: string | undefined): mode is LockMode =>
  mode === 'GOVERNANCE' || mode === 'COMPLIANCE';

export const isHold = (status: string | undefined): status is 'ON' | 'OFF' =>
  status === 'ON' || status === 'OFF';

/** @throws InvalidRequest when the bucket has no Object Lock */
export function needLock(bucket: Pick<BucketRecord, 'objectLock'>): void {
  if (!bucket.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration');
}

/** What a writer says of the lock of its object. */
export function readLock(input: LockInput, bucket: BucketRecord, now: number): Lock | undefined {
  const {
    ObjectLockMode: mode,
    ObjectLockRetainUntilDate: date,
    ObjectLockLegalHoldStatus: legalHold,
  } = input;
  if (mode === undefined && date === undefined && legalHold === undefined) return undefined;
  needLock(bucket);
  if ((mode === undefined) !== (date === undefined))
    throw new AwsError(
      'InvalidArgument',
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
      400,
      {
        ArgumentName: mode === undefined ? 'x-amz-object-lock-mode' : 'x-amz-object-lock-retain-until-date',
      },
    );
  if (mode !== undefined && !isMode(mode))
    throw invalidArgument('Unknown wormMode directive.', 'x-amz-object-lock-mode', mode);
  if (date !== undefined) checkFuture(date, now, 'x-amz-object-lock-retain-until-date');
  if (legalHold !== undefined && !isHold(legalHold))
    throw invalidArgument(
      "Legal Hold must be either of 'ON' or 'OFF'",
      'x-amz-object-lock-legal-hold',
      legalHold,
    );
  return {
    ...(mode !== undefined && date !== undefined ? { retention: { mode, until: date.getTime() } } : {}),
    ...(legalHold === undefined ? {} : { legalHold }),
  };
}

export function checkFuture(date: Date, now: number, name: string): void {
  if (date.getTime() <= now)
    throw invalidArgument('The retain until date must be in the future!', name, date.toISOString());
}

/** The bucket's default retention holds for a version that brings none of its own. */
export function withDefault(lock: Lock | undefined, bucket: BucketRecord, now: number): Lock | undefined {
  const retention = bucket.objectLock?.retention;
  if (!retention || lock?.retention) return lock;
  return { ...lock, retention: { mode: retention.mode, until: defaultUntil(retention, now) } };
}

function defaultUntil({ days, years = 0 }: DefaultLock, now: number): number {
  if (days !== undefined) return now + days * dayMs;
  const until = new Date(now);
  until.setUTCFullYear(until.getUTCFullYear() + years);
  return until.getTime();
}

/** A body under a lock has to come with a checksum. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function checkIntegrity(
  lock: Lock | undefined,
  bucket: BucketRecord,
  stated: boolean,
  call: Call,
): void {
  if (call.http && !stated && (lock || bucket.objectLock?.retention))
    throw invalidRequest(
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
}

export const activeRetention = (version: Lockable | undefined, now: number): Retention | undefined => {
  const retention = version?.deleteMarker ? undefined : version?.lock?.retention;
  return retention && retention.until > now ? retention : undefined;
};

/** Whether a lifecycle rule has to leave this version. */
export const isLocked = (version: Lockable, now: number): boolean =>
  activeRetention(version, now) !== undefined || (!version.deleteMarker && version.lock?.legalHold === 'ON');

const protectedByLock = () =>
  new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);

/** @throws AccessDenied when the version must not be deleted yet */
export function checkDeletable(
  version: Lockable | undefined,
  bypass: boolean | undefined,
  now: number,
): void {
  if (!version || version.deleteMarker) return;
  const retention = activeRetention(version, now);
  if (version.lock?.legalHold === 'ON' || retention?.mode === 'COMPLIANCE') throw protectedByLock();
  if (retention && !bypass) throw protectedByLock();
}

/** @throws AccessDenied when a retention would become weaker, and nothing lets the caller do that */
export function checkRetentionChange(
  version: Lockable,
  wanted: Retention | undefined,
  bypass: boolean | undefined,
  now: number,
): void {
  const current = activeRetention(version, now);
  if (!current) return;
  const stronger = wanted !== undefined && wanted.mode === current.mode && wanted.until >= current.until;
  if (stronger || (current.mode === 'GOVERNANCE' && bypass)) return;
  throw protectedByLock();
}

/**
 * Where no lock can be, the header is refused with a delete of a current object, and taken with one of a version:
 * tools that empty a bucket send it always.
 * @throws InvalidArgument
 */
export function checkBypass(
  bucket: BucketRecord,
  bypass: boolean | undefined,
  objects: readonly { readonly VersionId?: string | undefined }[],
): void {
  if (bypass !== undefined && !bucket.objectLock && objects.some(({ VersionId }) => VersionId === undefined))
    throw new AwsError(
      'InvalidArgument',
      'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
      400,
      { ArgumentName: 'x-amz-bypass-governance-retention' },
    );
}

/** As GetObject and HeadObject answer it. */
export const lockAnswer = (lock: Lock | undefined) => ({
  ...(lock?.retention
    ? { ObjectLockMode: lock.retention.mode, ObjectLockRetainUntilDate: new Date(lock.retention.until) }
    : {}),
  ...(lock?.legalHold ? { ObjectLockLegalHoldStatus: lock.legalHold } : {}),
});

export const defaultRetentionAnswer = ({ mode, days, years }: DefaultLock): DefaultRetention => ({
  Mode: mode,
  ...(days === undefined ? {} : { Days: days }),
  ...(years === undefined ? {} : { Years: years }),
});
