import { createHash } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { AwsError, operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { writtenAnswer } from '../answers.ts';
import type { BucketRecord } from '../buckets.ts';
import { type Checksum, checksumMembers, running, statedChecksum } from '../checksums/checksums.ts';
import { crcs, crcText, crcValue } from '../checksums/crc.ts';
import { writeConditions } from '../conditions.ts';
import type { S3Context } from '../context.ts';
import { customerKeyNames, hasCustomerKey } from '../customer-key.ts';
import { invalidRequest, malformedXml, noSuchUpload } from '../errors.ts';
import type { StoredObject } from '../objects.ts';
import type { Part, Upload } from '../uploads.ts';

const smallestPart = 5 * 1024 * 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload = (ctx: S3Context) =>
  operation('s3', 'CompleteMultipartUpload', {
    accepts: [
      'Bucket',
      'Key',
      'UploadId',
      'MultipartUpload',
      'ChecksumType',
      'MpuObjectSize',
      'IfMatch',
      'IfNoneMatch',
      'ExpectedBucketOwner',
      ...customerKeyNames,
      ...checksumMembers,
    ],
    access: (input, call) => objectCheck(ctx, input, call, 's3:PutObject'),
    handle(input, call) {
      const bucket = ctx.buckets.get(input.Bucket);
      const upload = ctx.uploads.find(bucket, input.Key, input.UploadId);
      if (!upload) {
        // The first answer was lost: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
        const made = madeBy(ctx, bucket, input.Key ?? '', input.UploadId);
        if (!made) throw noSuchUpload(input.UploadId ?? '');
        return answer(ctx, bucket, input.Key ?? '', made);
      }
      if (!input.MultipartUpload) throw invalidRequest('You must specify at least one part');
      checkType(input.ChecksumType, upload);
      const parts = choose(upload, ctx.uploads.parts(upload), input.MultipartUpload.Parts ?? []);
      const size = parts.reduce((sum, part) => sum + part.size, 0);
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== size)
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${size}`,
        );
      const checksum = whole(upload, parts);
      const stated = statedChecksum(input);
      if (stated && (stated.algorithm !== checksum.algorithm || stated.value !== checksum.value))
        throw new AwsError(
          'BadDigest',
          `The ${stated.algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
        );
      writeConditions(input, upload.key, () => ctx.objects.current(bucket, upload.key));
      if (input.IfMatch !== undefined) checkUnchanged(ctx, bucket, upload);
      const { headers, metadata, tags, storageClass, encryption, lock } = upload;
      const version = ctx.env.store.transaction(() => {
        const stored = ctx.objects.put(bucket, upload.key, () => ({
          headers,
          ...(metadata ? { metadata } : {}),
          ...(tags ? { tags } : {}),
          ...(storageClass ? { storageClass } : {}),
          encryption,
          ...(lock ? { lock } : {}),
          pieces: parts.flatMap((part) => part.pieces),
          size,
          etag: etagOf(parts),
          ...(hasCustomerKey(encryption) && !upload.algorithmNamed ? {} : { checksum }),
          uploadId: upload.id,
          parts: parts.map((part) => ({
            number: part.number,
            size: part.size,
            ...(upload.algorithmNamed ? { checksum: part.checksum } : {}),
          })),
        }));
        ctx.uploads.end(bucket, upload, new Set(parts.map((part) => part.number)));
        return stored;
      });
      ctx.notifications.emit(bucket, 'ObjectCreated:CompleteMultipartUpload', upload.key, version, call);
      return answer(ctx, bucket, upload.key, version);
    },
  });

function answer(ctx: S3Context, bucket: BucketRecord, key: string, version: StoredObject) {
  return {
    Location: `${ctx.env.endpoint}/${bucket.name}/${encodeURIComponent(key)}`,
    Bucket: bucket.name,
    Key: key,
    ...writtenAnswer(ctx, bucket, key, version),
  };
}

/** What an upload has become, while it is there. */
function madeBy(
  ctx: S3Context,
  bucket: BucketRecord,
  key: string,
  uploadId: string | undefined,
): StoredObject | undefined {
  const current = ctx.objects.current(bucket, key);
  if (!current) return undefined;
  for (const version of [current, ...ctx.objects.older(bucket, key)])
    if (!version.deleteMarker && version.uploadId === uploadId) return version;
  return undefined;
}

function checkType(wanted: string | undefined, { checksumType, algorithmNamed }: Upload): void {
  if (wanted !== undefined && (!algorithmNamed || wanted !== checksumType))
    throw invalidRequest(
      `The upload was created using the ${algorithmNamed ? checksumType : 'null'} checksum mode. The complete request must use the same checksum mode.`,
    );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html: a write during the upload is a conflict */
function checkUnchanged(ctx: S3Context, bucket: BucketRecord, { key, initiated }: Upload): void {
  const current = ctx.objects.current(bucket, key);
  if (current && current.order > initiated * 1000 + 999)
    throw new AwsError(
      'ConditionalRequestConflict',
      'The conditional request cannot succeed due to a conflicting operation against this resource.',
      409,
      { Condition: 'If-Match', Key: key },
    );
}

/** The parts that were named, after S3's checks of them. */
function choose(upload: Upload, parts: readonly Part[], named: readonly CompletedPart[]): readonly Part[] {
  if (named.length === 0) throw malformedXml();
  const byNumber = new Map(parts.map((part) => [part.number, part]));
  let last = 0;
  const chosen: Part[] = [];
  for (const { PartNumber: number = 0, ETag: etag = '', ...rest } of named) {
    if (number <= last)
      throw new AwsError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
        400,
        { UploadId: upload.id },
      );
    last = number;
    const part = byNumber.get(number);
    const stated = statedChecksum(rest);
    if (!part || part.etag !== etag.replace(/^"|"$/g, '') || (stated && !agrees(upload, part, stated)))
      throw new AwsError(
        'InvalidPart',
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        400,
        { UploadId: upload.id, PartNumber: number, ETag: etag.replace(/^"|"$/g, '') },
      );
    if (upload.algorithmNamed && upload.checksumType === 'COMPOSITE' && !stated)
      throw invalidRequest(
        `The upload was created using a ${upload.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    chosen.push(part);
  }
  for (const part of chosen.slice(0, -1))
    if (part.size < smallestPart)
      throw new AwsError(
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        400,
        { ProposedSize: part.size, MinSizeAllowed: smallestPart, PartNumber: part.number, ETag: part.etag },
      );
  return chosen;
}

/** Of an upload that named no algorithm, parts may have come with another than the one that is kept. */
const agrees = (upload: Upload, part: Part, stated: { algorithm: string; value: string }) =>
  stated.algorithm === upload.algorithm ? stated.value === part.checksum : !upload.algorithmNamed;

function etagOf(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part.etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
function whole(upload: Upload, parts: readonly Part[]): Checksum {
  const { algorithm, checksumType: type } = upload;
  if (type === 'FULL_OBJECT' && algorithm !== 'SHA1' && algorithm !== 'SHA256') {
    const crc = crcs[algorithm];
    let sum = 0n;
    for (const part of parts) sum = crc.combine(sum, crcValue(part.checksum), part.size);
    return { algorithm, value: crcText(crc, sum), type };
  }
  const sum = running(algorithm);
  for (const part of parts) sum.update(Buffer.from(part.checksum, 'base64'));
  return { algorithm, value: `${sum.value()}-${parts.length}`, type: 'COMPOSITE' };
}
