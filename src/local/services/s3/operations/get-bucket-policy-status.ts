import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { isPublicPolicy } from '../public-access.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus = (ctx: S3Context) =>
  operation('s3', 'GetBucketPolicyStatus', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketPolicyStatus'),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const policy = ctx.buckets.policy(bucket);
      if (!policy)
        throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, {
          BucketName: bucket.name,
        });
      return { PolicyStatus: { IsPublic: isPublicPolicy(policy.document) } };
    },
  });
