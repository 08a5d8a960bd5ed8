import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock = (ctx: S3Context) =>
  operation('s3', 'GetPublicAccessBlock', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketPublicAccessBlock'),
    handle(input) {
      const { name, publicAccessBlock } = ctx.buckets.get(input.Bucket);
      if (!publicAccessBlock)
        throw new AwsError(
          'NoSuchPublicAccessBlockConfiguration',
          'The public access block configuration was not found',
          404,
          { BucketName: name },
        );
      return { PublicAccessBlockConfiguration: publicAccessBlock };
    },
  });
