import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls = (ctx: S3Context) =>
  operation('s3', 'GetBucketOwnershipControls', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketOwnershipControls'),
    handle(input) {
      const { name, ownership } = ctx.buckets.get(input.Bucket);
      if (!ownership)
        throw new AwsError(
          'OwnershipControlsNotFoundError',
          'The bucket ownership controls were not found',
          404,
          { BucketName: name },
        );
      return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
    },
  });
