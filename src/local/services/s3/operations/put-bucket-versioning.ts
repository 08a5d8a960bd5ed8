import { AwsError, operation, unsupported } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { malformedXml } from '../errors.ts';

/** MFA delete is refused by name. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning = (ctx: S3Context) =>
  operation('s3', 'PutBucketVersioning', {
    accepts: ['Bucket', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner', 'VersioningConfiguration'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketVersioning'),
    *problems({ VersioningConfiguration: wanted }) {
      if (wanted?.MFADelete === 'Enabled') yield unsupported('MFADelete of s3:PutBucketVersioning');
    },
    handle(input) {
      const { Status: status } = input.VersioningConfiguration ?? {};
      if (status === undefined)
        throw new AwsError(
          'IllegalVersioningConfigurationException',
          'The Versioning element must be specified',
        );
      if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
      if (ctx.buckets.get(input.Bucket).objectLock && status !== 'Enabled')
        throw new AwsError(
          'InvalidBucketState',
          'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
          409,
        );
      ctx.buckets.change(input.Bucket, { versioning: status });
      return {};
    },
  });
