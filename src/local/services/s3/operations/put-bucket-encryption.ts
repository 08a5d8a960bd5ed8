import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { malformedXml } from '../errors.ts';

/** Keys of KMS are kept by name. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
export const putBucketEncryption = (ctx: S3Context) =>
  operation('s3', 'PutBucketEncryption', {
    accepts: [
      'Bucket',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
      'ServerSideEncryptionConfiguration',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutEncryptionConfiguration'),
    handle(input) {
      const rules = input.ServerSideEncryptionConfiguration?.Rules ?? [];
      const [rule] = rules;
      const by = rule?.ApplyServerSideEncryptionByDefault;
      if (rules.length !== 1 || !rule) throw malformedXml();
      if (rule.BlockedEncryptionTypes?.EncryptionType?.some((type) => type !== 'SSE-C' && type !== 'NONE'))
        throw malformedXml();
      if (by && !['AES256', 'aws:kms', 'aws:kms:dsse'].includes(by.SSEAlgorithm ?? '')) throw malformedXml();
      if (by?.KMSMasterKeyID && by.SSEAlgorithm === 'AES256')
        throw new AwsError(
          'InvalidArgument',
          'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
          400,
          { ArgumentName: 'ApplyServerSideEncryptionByDefault' },
        );
      ctx.buckets.change(input.Bucket, { encryption: rule });
      return {};
    },
  });
