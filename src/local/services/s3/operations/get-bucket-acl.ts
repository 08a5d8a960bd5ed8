import type { GetBucketAclCommandInput, GetBucketAclOutput } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { ownerOf } from '../owner.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = (ctx: S3Context) =>
  operation<GetBucketAclCommandInput, GetBucketAclOutput>({
    name: 'GetBucketAcl',
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketAcl'),
    handle() {
      const owner = ownerOf(ctx.env.accountId);
      return {
        Owner: owner,
        Grants: [{ Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }],
      };
    },
  });
