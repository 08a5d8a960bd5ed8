import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import { checkPutAcl, grantNames } from '../acl.ts';
import type { S3Context } from '../context.ts';
import { ownerOf } from '../owner.ts';
import { findTagged } from '../tagged.ts';

/** Only ACLs that give nobody else anything. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl = (ctx: S3Context) =>
  operation('s3', 'PutObjectAcl', {
    accepts: [
      'Bucket',
      'Key',
      'VersionId',
      'ACL',
      'AccessControlPolicy',
      ...grantNames,
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
    ],
    access: (input, call) => readCheck(ctx, input, call, ['s3:PutObjectAcl', 's3:PutObjectVersionAcl']),
    handle(input, call) {
      const { bucket } = findTagged(ctx, input, call, 'PUT');
      checkPutAcl(input, bucket, ownerOf(bucket.accountId).ID);
      return {};
    },
  });
