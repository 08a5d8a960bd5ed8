import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import { checkPutAcl, grantNames } from '../acl.ts';
import type { S3Context } from '../context.ts';
import { ownerOf } from '../owner.ts';

/** Only ACLs that give nobody else anything. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = (ctx: S3Context) =>
  operation('s3', 'PutBucketAcl', {
    accepts: [
      'Bucket',
      'ACL',
      'AccessControlPolicy',
      ...grantNames,
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketAcl'),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      checkPutAcl(input, bucket, ownerOf(bucket.accountId).ID);
      return {};
    },
  });
