import type { BucketLocationConstraint } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** Empty in us-east-1. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation = (ctx: S3Context) =>
  operation('s3', 'GetBucketLocation', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketLocation'),
    handle: () =>
      ctx.env.region === 'us-east-1'
        ? {}
        : { LocationConstraint: ctx.env.region as BucketLocationConstraint },
  });
