import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketCors.html */
export const deleteBucketCors = (ctx: S3Context) =>
  operation('s3', 'DeleteBucketCors', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketCORS'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { cors: undefined });
      return {};
    },
  });
