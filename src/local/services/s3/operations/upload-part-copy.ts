import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { asMember } from '../checksums/checksums.ts';
import type { S3Context } from '../context.ts';
import { copyNames, openSource, sourceCheck } from '../copy-source.ts';
import { checkPartKey, customerKeyNames } from '../customer-key.ts';
import { invalidArgument, invalidRequest } from '../errors.ts';
import { receive } from '../receive.ts';
import { checkPartNumber, storePart } from '../store-part.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy = (ctx: S3Context) =>
  operation('s3', 'UploadPartCopy', {
    accepts: [
      'Bucket',
      'Key',
      'UploadId',
      'PartNumber',
      'CopySourceRange',
      'ExpectedBucketOwner',
      ...customerKeyNames,
      ...copyNames,
    ],
    access: (input, call) => [
      ...sourceCheck(ctx, input, call),
      objectCheck(ctx, input, call, 's3:PutObject'),
    ],
    async handle(input, call) {
      checkPartNumber(input.PartNumber);
      const upload = ctx.uploads.get(ctx.buckets.get(input.Bucket), input.Key, input.UploadId);
      checkPartKey(input, upload.encryption);
      const { version } = openSource(ctx, input, call);
      const { start, end } = copyRange(input.CopySourceRange, version.size);
      const received = await receive(
        ctx,
        { Body: ctx.bodies.read(version.pieces, start, end) },
        { ...call, http: undefined },
        upload.algorithm,
      );
      const part = storePart(ctx, input, received);
      return {
        CopyPartResult: {
          ETag: `"${part.etag}"`,
          LastModified: new Date(part.modified),
          ...(upload.algorithmNamed ? asMember({ algorithm: upload.algorithm, value: part.checksum }) : {}),
        },
        ...upload.encryption,
        ...(version.versionId === 'null' ? {} : { CopySourceVersionId: version.versionId }),
      };
    },
  });

/** Unlike a read's, this range must be whole and lie within the source. */
function copyRange(header: string | undefined, size: number): { start: number; end: number } {
  if (header === undefined) return { start: 0, end: size };
  const match = /^bytes=(\d+)-(\d+)$/.exec(header);
  const [start, last] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || last < start)
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      header,
    );
  if (start >= size) throw invalidRequest('The specified copy range is invalid for the source object size');
  if (last >= size)
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${size}`,
      'x-amz-copy-source-range',
      header,
    );
  return { start, end: last + 1 };
}
