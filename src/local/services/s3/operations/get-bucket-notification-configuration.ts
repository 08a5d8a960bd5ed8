import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotificationConfiguration = (ctx: S3Context) =>
  operation('s3', 'GetBucketNotificationConfiguration', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketNotification'),
    handle: (input) => ctx.buckets.get(input.Bucket).notification ?? {},
  });
