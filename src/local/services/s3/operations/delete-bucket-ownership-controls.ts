import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html */
export const deleteBucketOwnershipControls = (ctx: S3Context) =>
  operation('s3', 'DeleteBucketOwnershipControls', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketOwnershipControls'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { ownership: undefined });
      return {};
    },
  });
