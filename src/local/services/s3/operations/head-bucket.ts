import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import { bucketArn } from '../arn.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket = (ctx: S3Context) =>
  operation('s3', 'HeadBucket', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:ListBucket'),
    handle: ({ Bucket }) => ({
      BucketRegion: ctx.buckets.get(Bucket).region,
      BucketArn: bucketArn(Bucket),
      AccessPointAlias: false,
    }),
  });
