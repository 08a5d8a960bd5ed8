import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { defaultRetentionAnswer } from '../object-lock.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration = (ctx: S3Context) =>
  operation('s3', 'GetObjectLockConfiguration', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketObjectLockConfiguration'),
    handle(input) {
      const { objectLock } = ctx.buckets.get(input.Bucket);
      if (!objectLock)
        throw new AwsError(
          'ObjectLockConfigurationNotFoundError',
          'Object Lock configuration does not exist for this bucket',
          404,
          { BucketName: input.Bucket },
        );
      const { retention } = objectLock;
      return {
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled' as const,
          ...(retention ? { Rule: { DefaultRetention: defaultRetentionAnswer(retention) } } : {}),
        },
      };
    },
  });
