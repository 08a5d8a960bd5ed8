import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const getBucketCors = (ctx: S3Context) =>
  operation('s3', 'GetBucketCors', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetBucketCORS'),
    handle(input) {
      const { name, cors } = ctx.buckets.get(input.Bucket);
      if (!cors)
        throw new AwsError('NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404, {
          BucketName: name,
        });
      return { CORSRules: [...cors] };
    },
  });
