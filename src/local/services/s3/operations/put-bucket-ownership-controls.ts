import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import { isOwnership } from '../buckets.ts';
import type { S3Context } from '../context.ts';
import { malformedXml } from '../errors.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const putBucketOwnershipControls = (ctx: S3Context) =>
  operation('s3', 'PutBucketOwnershipControls', {
    accepts: ['Bucket', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner', 'OwnershipControls'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketOwnershipControls'),
    handle(input) {
      const [rule, more] = input.OwnershipControls?.Rules ?? [];
      const ownership = rule?.ObjectOwnership;
      if (!isOwnership(ownership) || more) throw malformedXml();
      ctx.buckets.change(input.Bucket, { ownership });
      return {};
    },
  });
