import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { asMember, checksumMembers } from '../checksums/checksums.ts';
import type { S3Context } from '../context.ts';
import { checkPartKey, customerKeyNames } from '../customer-key.ts';
import { receive } from '../receive.ts';
import { checkPartNumber, storePart } from '../store-part.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart = (ctx: S3Context) =>
  operation('s3', 'UploadPart', {
    accepts: [
      'Bucket',
      'Key',
      'UploadId',
      'PartNumber',
      'Body',
      'ContentLength',
      'ContentMD5',
      'ChecksumAlgorithm',
      'ExpectedBucketOwner',
      ...customerKeyNames,
      ...checksumMembers,
    ],
    access: (input, call) => objectCheck(ctx, input, call, 's3:PutObject'),
    async handle(input, call) {
      checkPartNumber(input.PartNumber);
      const upload = ctx.uploads.get(ctx.buckets.get(input.Bucket), input.Key, input.UploadId);
      checkPartKey(input, upload.encryption);
      const received = await receive(ctx, input, call, upload.algorithm, upload.algorithm);
      const part = storePart(ctx, input, received);
      return {
        ETag: `"${part.etag}"`,
        ...upload.encryption,
        ...asMember({ algorithm: received.algorithm, value: received.checksum }),
      };
    },
  });
