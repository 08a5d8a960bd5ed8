import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { deleteOne } from '../delete-one.ts';
import { checkBypass } from '../object-lock.ts';
import { bypassChecks } from '../object-lock-access.ts';

/** Deleting what is not there succeeds. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject = (ctx: S3Context) =>
  operation('s3', 'DeleteObject', {
    accepts: ['Bucket', 'Key', 'VersionId', 'IfMatch', 'BypassGovernanceRetention', 'ExpectedBucketOwner'],
    access: (input, call) =>
      input.VersionId === undefined
        ? objectCheck(ctx, input, call, 's3:DeleteObject')
        : [
            objectCheck(ctx, input, call, 's3:DeleteObjectVersion', { 's3:VersionId': input.VersionId }),
            ...bypassChecks(ctx, input, call),
          ],
    handle(input, call) {
      const bucket = ctx.buckets.get(input.Bucket);
      const { BypassGovernanceRetention: bypass } = input;
      checkBypass(bucket, bypass, [input]);
      return deleteOne(
        ctx,
        bucket,
        { key: input.Key ?? '', versionId: input.VersionId, ifMatch: input.IfMatch, bypass },
        call,
      );
    },
  });
