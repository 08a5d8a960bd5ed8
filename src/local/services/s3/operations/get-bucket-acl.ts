import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { ownerOf } from '../owner.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = (ctx: S3Context) =>
  operation('s3', 'GetBucketAcl', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketAcl'),
    handle(input) {
      const owner = ownerOf(ctx.buckets.get(input.Bucket).accountId);
      return {
        Owner: owner,
        Grants: [
          { Grantee: { ...owner, Type: 'CanonicalUser' as const }, Permission: 'FULL_CONTROL' as const },
        ],
      };
    },
  });
