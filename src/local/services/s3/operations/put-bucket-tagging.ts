import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { checkTags } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging = (ctx: S3Context) =>
  operation('s3', 'PutBucketTagging', {
    accepts: ['Bucket', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner', 'Tagging'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketTagging'),
    handle(input) {
      const tags = input.Tagging?.TagSet ?? [];
      checkTags(tags, 50);
      ctx.buckets.change(input.Bucket, { tags });
      return {};
    },
  });
