import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { malformedXml } from '../errors.ts';
import { isHold, needLock } from '../object-lock.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const putObjectLegalHold = (ctx: S3Context) =>
  operation('s3', 'PutObjectLegalHold', {
    accepts: [
      'Bucket',
      'Key',
      'VersionId',
      'LegalHold',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
    ],
    access: (input, call) =>
      readCheck(
        ctx,
        input,
        call,
        ['s3:PutObjectLegalHold', 's3:PutObjectLegalHold'],
        input.LegalHold?.Status === undefined ? {} : { 's3:object-lock-legal-hold': input.LegalHold.Status },
      ),
    handle(input, call) {
      const status = input.LegalHold?.Status;
      if (!isHold(status)) throw malformedXml();
      needLock(ctx.buckets.get(input.Bucket));
      const { bucket, version } = findTagged(ctx, input, call, 'PUT');
      ctx.objects.replace(bucket, input.Key ?? '', {
        ...version,
        lock: { ...version.lock, legalHold: status },
      });
      return {};
    },
  });
