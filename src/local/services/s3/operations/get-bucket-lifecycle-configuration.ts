import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycleConfiguration = (ctx: S3Context) =>
  operation('s3', 'GetBucketLifecycleConfiguration', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetLifecycleConfiguration'),
    handle(input) {
      const { name, lifecycle, lifecycleSizes } = ctx.buckets.get(input.Bucket);
      if (!lifecycle)
        throw new AwsError(
          'NoSuchLifecycleConfiguration',
          'The lifecycle configuration does not exist',
          404,
          { BucketName: name },
        );
      return {
        Rules: [...lifecycle],
        TransitionDefaultMinimumObjectSize: lifecycleSizes ?? 'all_storage_classes_128K',
      };
    },
  });
