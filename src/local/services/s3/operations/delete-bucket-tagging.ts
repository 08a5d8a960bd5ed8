import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging = (ctx: S3Context) =>
  operation('s3', 'DeleteBucketTagging', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketTagging'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { tags: undefined });
      return {};
    },
  });
