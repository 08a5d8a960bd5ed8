import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { checkTags } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging = (ctx: S3Context) =>
  operation('s3', 'PutBucketTagging', {
    accepts: ['Bucket', 'ContentMD5', 'ChecksumAlgorithm', 'ExpectedBucketOwner', 'Tagging'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:PutBucketTagging'),
    handle(input, call) {
      const tags = input.Tagging?.TagSet ?? [];
      checkTags(tags, 50);
      // CloudFormation's own tags come from inside.
      const system = call.http && tags.find(({ Key }) => Key?.startsWith('aws:'));
      if (system)
        throw new AwsError('InvalidTag', 'System tags cannot be added/updated by requester', 400, {
          TagKey: system.Key,
        });
      ctx.buckets.change(input.Bucket, { tags: tags.length > 0 ? tags : undefined });
      return {};
    },
  });
