import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { ownerOf } from '../owner.ts';
import { findTagged } from '../tagged.ts';

/** Always the owner's own. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = (ctx: S3Context) =>
  operation('s3', 'GetObjectAcl', {
    accepts: ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'],
    access: (input, call) => readCheck(ctx, input, call, ['s3:GetObjectAcl', 's3:GetObjectVersionAcl']),
    handle(input, call) {
      findTagged(ctx, input, call, 'GET', true);
      const owner = ownerOf(ctx.buckets.get(input.Bucket).accountId);
      return {
        Owner: owner,
        Grants: [
          { Grantee: { ...owner, Type: 'CanonicalUser' as const }, Permission: 'FULL_CONTROL' as const },
        ],
      };
    },
  });
