import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html */
export const getBucketLogging = (ctx: S3Context) =>
  operation('s3', 'GetBucketLogging', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketLogging'),
    handle(input) {
      const { logging } = ctx.buckets.get(input.Bucket);
      return logging ? { LoggingEnabled: logging } : {};
    },
  });
