import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock = (ctx: S3Context) =>
  operation('s3', 'DeletePublicAccessBlock', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketPublicAccessBlock'),
    handle(input) {
      ctx.buckets.change(input.Bucket, { publicAccessBlock: undefined });
      return {};
    },
  });
