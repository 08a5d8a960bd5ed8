import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { isLocationConstraint } from '../location.ts';

/** Answered in every region, so that whoever does not know it can ask. Empty in us-east-1. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export const getBucketLocation = (ctx: S3Context) =>
  operation('s3', 'GetBucketLocation', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, { ...input, anyRegion: true }, call, 's3:GetBucketLocation'),
    handle({ Bucket }) {
      const { region } = ctx.buckets.get(Bucket);
      return isLocationConstraint(region) ? { LocationConstraint: region } : {};
    },
  });
