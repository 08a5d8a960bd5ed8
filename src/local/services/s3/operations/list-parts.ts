import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { asMember } from '../checksums/checksums.ts';
import type { S3Context } from '../context.ts';
import { readMaxKeys, readPartMarker } from '../listing.ts';
import { initiatorOf, ownerOf } from '../owner.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts = (ctx: S3Context) =>
  operation('s3', 'ListParts', {
    accepts: ['Bucket', 'Key', 'UploadId', 'MaxParts', 'PartNumberMarker', 'ExpectedBucketOwner'],
    access: (input, call) => objectCheck(ctx, input, call, 's3:ListMultipartUploadParts'),
    handle(input) {
      const upload = ctx.uploads.get(ctx.buckets.get(input.Bucket), input.Key, input.UploadId);
      const maxParts = readMaxKeys(input.MaxParts, 'max-parts');
      const after = readPartMarker(input.PartNumberMarker);
      const found = ctx.uploads.parts(upload).filter((part) => part.number > after);
      const shown = found.slice(0, maxParts);
      return {
        Bucket: input.Bucket,
        Key: upload.key,
        UploadId: upload.id,
        PartNumberMarker: String(after),
        NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
        MaxParts: maxParts,
        IsTruncated: shown.length < found.length,
        Initiator: initiatorOf(ctx.buckets.get(input.Bucket).accountId),
        Owner: ownerOf(ctx.buckets.get(input.Bucket).accountId),
        StorageClass: upload.storageClass ?? 'STANDARD',
        ...(upload.algorithmNamed
          ? { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType }
          : {}),
        Parts: shown.map((part) => ({
          PartNumber: part.number,
          LastModified: new Date(part.modified),
          ETag: `"${part.etag}"`,
          Size: part.size,
          ...(upload.algorithmNamed ? asMember({ algorithm: upload.algorithm, value: part.checksum }) : {}),
        })),
      };
    },
  });
