import { AwsError, operation, unsupported } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { findTagged } from '../tagged.ts';
import { checkAcl } from '../write-options.ts';

/** Only ACLs that give nobody else anything. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl = (ctx: S3Context) =>
  operation('s3', 'PutObjectAcl', {
    accepts: ['Bucket', 'Key', 'VersionId', 'ACL', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner'],
    access: (input, call) => readCheck(ctx, input, call, ['s3:PutObjectAcl', 's3:PutObjectVersionAcl']),
    handle(input, call) {
      const { bucket } = findTagged(ctx, input, call, 'PUT');
      if (bucket.ownership === 'BucketOwnerEnforced')
        throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
      if (input.ACL === undefined) throw unsupported('s3:PutObjectAcl without a canned ACL');
      checkAcl(input.ACL, bucket);
      return {};
    },
  });
