import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { checkRules } from '../lifecycle-rules.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const putBucketLifecycleConfiguration = (ctx: S3Context) =>
  operation('s3', 'PutBucketLifecycleConfiguration', {
    accepts: [
      'Bucket',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
      'LifecycleConfiguration',
      'TransitionDefaultMinimumObjectSize',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutLifecycleConfiguration'),
    handle(input) {
      const rules = checkRules(input.LifecycleConfiguration?.Rules ?? [], ctx.env.randomId);
      const sizes = input.TransitionDefaultMinimumObjectSize ?? 'all_storage_classes_128K';
      ctx.buckets.change(input.Bucket, { lifecycle: rules, lifecycleSizes: sizes });
      return { TransitionDefaultMinimumObjectSize: sizes };
    },
  });
