import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import { type S3Context, shownVersion } from '../context.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging = (ctx: S3Context) =>
  operation('s3', 'GetObjectTagging', {
    accepts: ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'],
    access: (input, call) =>
      readCheck(ctx, input, call, ['s3:GetObjectTagging', 's3:GetObjectVersionTagging']),
    handle(input, call) {
      const { bucket, version } = findTagged(ctx, input, call, 'GET');
      return { TagSet: [...(version.tags ?? [])], ...shownVersion(bucket, version) };
    },
  });
