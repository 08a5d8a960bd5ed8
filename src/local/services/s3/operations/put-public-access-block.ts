import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const putPublicAccessBlock = (ctx: S3Context) =>
  operation('s3', 'PutPublicAccessBlock', {
    accepts: [
      'Bucket',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
      'PublicAccessBlockConfiguration',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketPublicAccessBlock'),
    handle(input) {
      const given = input.PublicAccessBlockConfiguration ?? {};
      ctx.buckets.change(input.Bucket, {
        publicAccessBlock: {
          BlockPublicAcls: given.BlockPublicAcls ?? false,
          IgnorePublicAcls: given.IgnorePublicAcls ?? false,
          BlockPublicPolicy: given.BlockPublicPolicy ?? false,
          RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
        },
      });
      return {};
    },
  });
