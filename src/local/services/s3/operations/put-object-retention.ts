import type { ObjectLockRetention } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { malformedXml } from '../errors.ts';
import { checkFuture, checkRetentionChange, isMode, needLock } from '../object-lock.ts';
import { bypassChecks, retentionKeys } from '../object-lock-access.ts';
import type { Retention } from '../protection.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const putObjectRetention = (ctx: S3Context) =>
  operation('s3', 'PutObjectRetention', {
    accepts: [
      'Bucket',
      'Key',
      'VersionId',
      'Retention',
      'BypassGovernanceRetention',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
    ],
    access(input, call) {
      const { Mode: mode, RetainUntilDate: until } = input.Retention ?? {};
      return [
        ...readCheck(
          ctx,
          input,
          call,
          ['s3:PutObjectRetention', 's3:PutObjectRetention'],
          retentionKeys(mode, until, ctx.env.clock.now()),
        ),
        ...bypassChecks(ctx, input, call),
      ];
    },
    handle(input, call) {
      needLock(ctx.buckets.get(input.Bucket));
      const { bucket, version } = findTagged(ctx, input, call, 'PUT');
      const now = ctx.env.clock.now();
      const retention = readRetention(input.Retention, now);
      checkRetentionChange(version, retention, input.BypassGovernanceRetention, now);
      const { retention: _, ...others } = version.lock ?? {};
      const lock = retention ? { ...others, retention } : others;
      ctx.objects.replace(bucket, input.Key ?? '', { ...version, lock });
      return {};
    },
  });

/** Empty: the retention goes, where that is allowed. */
function readRetention(given: ObjectLockRetention | undefined, now: number): Retention | undefined {
  const { Mode: mode, RetainUntilDate: date } = given ?? {};
  if (mode === undefined && date === undefined) return undefined;
  if (!isMode(mode)) throw malformedXml();
  if (date === undefined) throw malformedXml();
  checkFuture(date, now, 'RetainUntilDate');
  return { mode, until: date.getTime() };
}
