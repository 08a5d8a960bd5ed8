import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy = (ctx: S3Context) =>
  operation('s3', 'DeleteBucketPolicy', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:DeleteBucketPolicy'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { policy: undefined });
      return {};
    },
  });
