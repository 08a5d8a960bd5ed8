import type { ObjectLockConfiguration } from '@aws-sdk/client-s3';
import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { invalidArgument, malformedXml } from '../errors.ts';
import { isMode } from '../object-lock.ts';
import type { DefaultLock } from '../protection.ts';

/** Of a bucket with versions; it cannot be taken away again. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const putObjectLockConfiguration = (ctx: S3Context) =>
  operation('s3', 'PutObjectLockConfiguration', {
    accepts: ['Bucket', 'ObjectLockConfiguration', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketObjectLockConfiguration'),
    handle(input) {
      const retention = readConfiguration(input.ObjectLockConfiguration);
      if (ctx.buckets.get(input.Bucket).versioning !== 'Enabled')
        throw new AwsError(
          'InvalidBucketState',
          "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
          409,
        );
      ctx.buckets.change(input.Bucket, { objectLock: retention ? { retention } : {} });
      return {};
    },
  });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html: at most 36,500 days or 100 years */
function readConfiguration(given: ObjectLockConfiguration | undefined): DefaultLock | undefined {
  if (given?.ObjectLockEnabled !== 'Enabled') throw malformedXml();
  if (!given.Rule) return undefined;
  const { Mode: mode, Days: days, Years: years } = given.Rule.DefaultRetention ?? {};
  if (!isMode(mode)) throw malformedXml();
  if ((days === undefined) === (years === undefined)) throw malformedXml();
  const [name, value, most] = days === undefined ? ['Years', years ?? 0, 100] : ['Days', days, 36_500];
  if (!Number.isInteger(value) || value < 1)
    throw invalidRetention('Default retention period must be a positive integer value.');
  if (value > most)
    throw invalidArgument(
      `Default retention period is too large, at most ${most} ${name}`,
      name,
      String(value),
    );
  return { mode, ...(days === undefined ? {} : { days }), ...(years === undefined ? {} : { years }) };
}

const invalidRetention = (message: string) => new AwsError('InvalidRetentionPeriod', message);
