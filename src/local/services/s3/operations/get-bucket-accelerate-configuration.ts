import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** Never enabled: setting it is refused by name. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAccelerateConfiguration.html */
export const getBucketAccelerateConfiguration = (ctx: S3Context) =>
  operation('s3', 'GetBucketAccelerateConfiguration', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetAccelerateConfiguration'),
    handle: () => ({}),
  });
