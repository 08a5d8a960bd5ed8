import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { preconditionFailed } from '../errors.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload = (ctx: S3Context) =>
  operation('s3', 'AbortMultipartUpload', {
    accepts: ['Bucket', 'Key', 'UploadId', 'IfMatchInitiatedTime', 'ExpectedBucketOwner'],
    access: (input, call) => objectCheck(ctx, input, call, 's3:AbortMultipartUpload'),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const upload = ctx.uploads.get(bucket, input.Key, input.UploadId);
      const { IfMatchInitiatedTime: initiated } = input;
      if (initiated && Math.floor(initiated.getTime() / 1000) !== Math.floor(upload.initiated / 1000))
        throw preconditionFailed('x-amz-if-match-initiated-time');
      ctx.uploads.end(bucket, upload, new Set());
      return {};
    },
  });
