import type { DeleteObjectsOutput } from '@aws-sdk/client-s3';
import { AwsError, operation } from '../../../service.ts';
import { bucketCheck, objectCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { deleteOne } from '../delete-one.ts';
import { invalidVersionId, malformedXml } from '../errors.ts';
import { checkBypass } from '../object-lock.ts';
import { bypassChecks } from '../object-lock-access.ts';

const invalidId = invalidVersionId('').message;

/**
 * Limit of the emulation: when the caller may not delete one of the keys, the whole call is denied, where AWS
 * deletes the others and lists that one under Errors.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export const deleteObjects = (ctx: S3Context) =>
  operation('s3', 'DeleteObjects', {
    accepts: ['Bucket', 'Delete', 'BypassGovernanceRetention', 'ChecksumAlgorithm', 'ExpectedBucketOwner'],
    access(input, call) {
      const { BypassGovernanceRetention: bypass } = input;
      const checks = (input.Delete?.Objects ?? []).flatMap(({ Key, VersionId }) => {
        const one = { Bucket: input.Bucket, ExpectedBucketOwner: input.ExpectedBucketOwner, Key };
        return VersionId === undefined
          ? objectCheck(ctx, one, call, 's3:DeleteObject')
          : [
              objectCheck(ctx, one, call, 's3:DeleteObjectVersion', { 's3:VersionId': VersionId }),
              ...bypassChecks(ctx, { ...one, VersionId, BypassGovernanceRetention: bypass }, call),
            ];
      });
      return checks.length > 0 ? checks : bucketCheck(ctx, input, call, 's3:DeleteObject');
    },
    handle(input, call) {
      const bucket = ctx.buckets.get(input.Bucket);
      const objects = input.Delete?.Objects ?? [];
      checkBypass(bucket, input.BypassGovernanceRetention, objects);
      if (objects.length === 0 || objects.length > 1000) throw malformedXml();
      const deleted: NonNullable<DeleteObjectsOutput['Deleted']> = [];
      const errors: NonNullable<DeleteObjectsOutput['Errors']> = [];
      ctx.env.store.transaction(() => {
        for (const { Key: key = '', VersionId: versionId, ETag: ifMatch, ...more } of objects) {
          try {
            const [condition] = Object.keys(more);
            if (condition)
              throw new AwsError(
                'NotImplemented',
                `Slipway does not support ${condition} of DeleteObjects`,
                501,
              );
            const { DeleteMarker: marker, VersionId: id } = deleteOne(
              ctx,
              bucket,
              { key, versionId, ifMatch, bypass: input.BypassGovernanceRetention },
              call,
            );
            deleted.push({
              Key: key,
              ...(versionId === undefined ? {} : { VersionId: versionId }),
              ...(marker ? { DeleteMarker: true, DeleteMarkerVersionId: id } : {}),
            });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            errors.push({
              Key: key,
              // Among many, an id that was never given out is one that is not there.
              ...(error.message === invalidId
                ? { Code: 'NoSuchVersion', Message: 'The specified version does not exist.' }
                : { Code: error.code, Message: error.message }),
              ...(versionId === undefined ? {} : { VersionId: versionId }),
            });
          }
        }
      });
      return {
        ...(input.Delete?.Quiet ? {} : { Deleted: deleted }),
        ...(errors.length > 0 ? { Errors: errors } : {}),
      };
    },
  });
