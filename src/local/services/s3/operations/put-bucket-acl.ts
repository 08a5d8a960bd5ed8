import { AwsError, operation, unsupported } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { checkAcl } from '../write-options.ts';

/** Only ACLs that give nobody else anything. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl = (ctx: S3Context) =>
  operation('s3', 'PutBucketAcl', {
    accepts: ['Bucket', 'ACL', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketAcl'),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      if (bucket.ownership === 'BucketOwnerEnforced')
        throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
      if (input.ACL === undefined) throw unsupported('s3:PutBucketAcl without a canned ACL');
      checkAcl(input.ACL, bucket);
      return {};
    },
  });
