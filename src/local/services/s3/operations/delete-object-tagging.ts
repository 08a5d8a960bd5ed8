import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import { type S3Context, shownVersion } from '../context.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging = (ctx: S3Context) =>
  operation('s3', 'DeleteObjectTagging', {
    accepts: ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'],
    access: (input, call) =>
      readCheck(ctx, input, call, ['s3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging']),
    handle(input, call) {
      const { bucket, version } = findTagged(ctx, input, call, 'DELETE');
      const { tags: _, ...untagged } = version;
      ctx.objects.replace(bucket, input.Key ?? '', untagged);
      ctx.notifications.emit(bucket, 'ObjectTagging:Delete', input.Key ?? '', untagged, call);
      return shownVersion(bucket, version);
    },
  });
