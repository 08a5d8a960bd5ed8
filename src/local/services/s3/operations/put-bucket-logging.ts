import { AwsError, operation, unsupported } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** Kept and answered; no access logs are delivered locally, see the resource type. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
export const putBucketLogging = (ctx: S3Context) =>
  operation('s3', 'PutBucketLogging', {
    accepts: ['Bucket', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner', 'BucketLoggingStatus'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketLogging'),
    *problems(input) {
      if (input.BucketLoggingStatus?.LoggingEnabled?.TargetGrants?.length)
        yield unsupported('TargetGrants of s3:PutBucketLogging');
    },
    handle(input) {
      const logging = input.BucketLoggingStatus?.LoggingEnabled;
      if (logging && !ctx.buckets.find(logging.TargetBucket))
        throw new AwsError(
          'InvalidTargetBucketForLogging',
          'The target bucket for logging does not exist',
          400,
          { TargetBucket: logging.TargetBucket },
        );
      ctx.buckets.change(input.Bucket, { logging });
      return {};
    },
  });
