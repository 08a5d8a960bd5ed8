import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { noObjectLock } from '../errors.ts';
import { needLock } from '../object-lock.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLegalHold.html */
export const getObjectLegalHold = (ctx: S3Context) =>
  operation('s3', 'GetObjectLegalHold', {
    accepts: ['Bucket', 'Key', 'VersionId', 'ExpectedBucketOwner'],
    access: (input, call) => readCheck(ctx, input, call, ['s3:GetObjectLegalHold', 's3:GetObjectLegalHold']),
    handle(input, call) {
      needLock(ctx.buckets.get(input.Bucket));
      const { version } = findTagged(ctx, input, call, 'GET');
      const hold = version.lock?.legalHold;
      if (!hold) throw noObjectLock();
      return { LegalHold: { Status: hold } };
    },
  });
