import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging = (ctx: S3Context) =>
  operation('s3', 'GetBucketTagging', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketTagging'),
    handle(input) {
      const { name, tags } = ctx.buckets.get(input.Bucket);
      if (!tags) throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: name });
      return { TagSet: [...tags] };
    },
  });
