import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** Back to SSE-S3. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export const deleteBucketEncryption = (ctx: S3Context) =>
  operation('s3', 'DeleteBucketEncryption', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutEncryptionConfiguration'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { encryption: undefined });
      return {};
    },
  });
