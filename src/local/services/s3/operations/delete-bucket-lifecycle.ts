import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketLifecycle.html */
export const deleteBucketLifecycle = (ctx: S3Context) =>
  operation('s3', 'DeleteBucketLifecycle', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutLifecycleConfiguration'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { lifecycle: undefined, lifecycleSizes: undefined });
      return {};
    },
  });
