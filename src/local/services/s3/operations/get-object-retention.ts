import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { noObjectLock } from '../errors.ts';
import { needLock } from '../object-lock.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectRetention.html */
export const getObjectRetention = (ctx: S3Context) =>
  operation('s3', 'GetObjectRetention', {
    accepts: ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'],
    access: (input, call) => readCheck(ctx, input, call, ['s3:GetObjectRetention', 's3:GetObjectRetention']),
    handle(input, call) {
      needLock(ctx.buckets.get(input.Bucket));
      const { version } = findTagged(ctx, input, call, 'GET');
      const retention = version.lock?.retention;
      if (!retention) throw noObjectLock();
      return { Retention: { Mode: retention.mode, RetainUntilDate: new Date(retention.until) } };
    },
  });
