import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning = (ctx: S3Context) =>
  operation('s3', 'GetBucketVersioning', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketVersioning'),
    handle(input) {
      const { versioning } = ctx.buckets.get(input.Bucket);
      return versioning ? { Status: versioning } : {};
    },
  });
