import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** Uploads that were begun go with the bucket. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket = (ctx: S3Context) =>
  operation('s3', 'DeleteBucket', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:DeleteBucket'),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      if (!ctx.objects.isEmpty(bucket))
        throw new AwsError(
          'BucketNotEmpty',
          bucket.versioning
            ? 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.'
            : 'The bucket you tried to delete is not empty',
          409,
          { BucketName: bucket.name },
        );
      ctx.env.store.transaction(() => {
        for (const upload of [...ctx.uploads.all(bucket)]) ctx.uploads.end(bucket, upload, new Set());
        ctx.buckets.delete(bucket.name);
      });
      return {};
    },
  });
