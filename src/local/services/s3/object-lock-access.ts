/** The permissions of Object Lock, with the condition keys of https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
import type { AccessCheck, Call } from '../../service.ts';
import { objectCheck } from './access.ts';
import type { S3Context } from './context.ts';
import { activeRetention, dayMs, type LockInput } from './object-lock.ts';

/** The permission to pass over a retention in GOVERNANCE mode, when the call would. */
export function bypassChecks(
  ctx: S3Context,
  input: {
    readonly Bucket: string | undefined;
    readonly Key: string | undefined;
    readonly VersionId?: string | undefined;
    readonly BypassGovernanceRetention?: boolean | undefined;
  },
  call: Call,
): readonly AccessCheck[] {
  if (!input.BypassGovernanceRetention) return [];
  const bucket = ctx.buckets.get(input.Bucket);
  const key = input.Key ?? '';
  const version =
    input.VersionId === undefined
      ? ctx.objects.current(bucket, key)
      : ctx.objects.version(bucket, key, input.VersionId);
  return activeRetention(version, ctx.env.clock.now())?.mode === 'GOVERNANCE'
    ? [objectCheck(ctx, input, call, 's3:BypassGovernanceRetention')]
    : [];
}

/** The permissions to lock what is written. */
export function lockChecks(
  ctx: S3Context,
  input: LockInput & { readonly Bucket: string | undefined; readonly Key: string | undefined },
  call: Call,
): readonly AccessCheck[] {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input;
  const checks: AccessCheck[] = [];
  if (mode !== undefined || until !== undefined)
    checks.push(
      objectCheck(ctx, input, call, 's3:PutObjectRetention', retentionKeys(mode, until, ctx.env.clock.now())),
    );
  if (hold !== undefined)
    checks.push(
      objectCheck(ctx, input, call, 's3:PutObjectLegalHold', { 's3:object-lock-legal-hold': hold }),
    );
  return checks;
}

export const retentionKeys = (
  mode: string | undefined,
  until: Date | undefined,
  now: number,
): Record<string, string> => ({
  ...(mode === undefined ? {} : { 's3:object-lock-mode': mode }),
  ...(until === undefined
    ? {}
    : {
        's3:object-lock-retain-until-date': until.toISOString(),
        's3:object-lock-remaining-retention-days': String(Math.ceil((until.getTime() - now) / dayMs)),
      }),
});
