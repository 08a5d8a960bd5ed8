import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import { type S3Context, shownVersion } from '../context.ts';
import { findTagged } from '../tagged.ts';
import { checkTags } from '../tags.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging = (ctx: S3Context) =>
  operation('s3', 'PutObjectTagging', {
    accepts: [
      'Bucket',
      'Key',
      'VersionId',
      'Tagging',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
    ],
    access: (input, call) =>
      readCheck(ctx, input, call, ['s3:PutObjectTagging', 's3:PutObjectVersionTagging']),
    handle(input, call) {
      const { bucket, version } = findTagged(ctx, input, call, 'PUT');
      const tags = input.Tagging?.TagSet ?? [];
      checkTags(tags, 10);
      const changed = { ...version, tags };
      ctx.objects.replace(bucket, input.Key ?? '', changed);
      ctx.notifications.emit(bucket, 'ObjectTagging:Put', input.Key ?? '', changed, call);
      return shownVersion(bucket, version);
    },
  });
