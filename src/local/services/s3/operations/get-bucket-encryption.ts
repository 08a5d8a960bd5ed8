import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = (ctx: S3Context) =>
  operation('s3', 'GetBucketEncryption', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetEncryptionConfiguration'),
    handle(input) {
      const { encryption } = ctx.buckets.get(input.Bucket);
      return {
        ServerSideEncryptionConfiguration: {
          Rules: [
            encryption ?? {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
              BucketKeyEnabled: false,
            },
          ],
        },
      };
    },
  });
