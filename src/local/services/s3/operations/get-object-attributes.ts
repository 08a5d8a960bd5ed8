import type { GetObjectAttributesCommandInput } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { readCheck } from '../access.ts';
import { asMember, type Checksum } from '../checksums/checksums.ts';
import { markerHeaders, type S3Context, shownVersion } from '../context.ts';
import { checkReadKey, customerKeyNames } from '../customer-key.ts';
import { noSuchKey } from '../errors.ts';
import { readMaxKeys, readPartMarker } from '../listing.ts';
import { type StoredObject, storageClassOf } from '../objects.ts';
import { findTagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes = (ctx: S3Context) =>
  operation('s3', 'GetObjectAttributes', {
    accepts: [
      'Bucket',
      'Key',
      'VersionId',
      'ObjectAttributes',
      'MaxParts',
      'PartNumberMarker',
      'ExpectedBucketOwner',
      ...customerKeyNames,
    ],
    access: (input, call) => [
      ...readCheck(ctx, input, call),
      ...readCheck(ctx, input, call, ['s3:GetObjectAttributes', 's3:GetObjectVersionAttributes']),
    ],
    handle(input, call) {
      const bucket = ctx.buckets.get(input.Bucket);
      const named =
        input.VersionId === undefined
          ? undefined
          : ctx.objects.version(bucket, input.Key ?? '', input.VersionId);
      if (named?.deleteMarker) {
        ctx.extraHeaders.set(call, markerHeaders(named.versionId));
        throw noSuchKey(input.Key ?? '');
      }
      const { version } = findTagged(ctx, input, call, 'GET', true);
      checkReadKey(input, version.encryption);
      const wanted = new Set<string>(input.ObjectAttributes);
      return {
        LastModified: new Date(version.modified),
        ...shownVersion(bucket, version),
        ...(wanted.has('ETag') ? { ETag: version.etag } : {}),
        ...(wanted.has('ObjectSize') ? { ObjectSize: version.size } : {}),
        ...(wanted.has('StorageClass')
          ? {
              StorageClass: storageClassOf(version),
            }
          : {}),
        ...(wanted.has('Checksum') && version.checksum ? { Checksum: wholeChecksum(version.checksum) } : {}),
        ...(wanted.has('ObjectParts') && version.parts ? { ObjectParts: partsAnswer(version, input) } : {}),
      };
    },
  });

function partsAnswer(version: StoredObject, input: GetObjectAttributesCommandInput) {
  const parts = version.parts ?? [];
  const { checksum } = version;
  const maxParts = readMaxKeys(input.MaxParts, 'max-parts');
  const after = readPartMarker(input.PartNumberMarker);
  const found = parts.filter((part) => part.number > after);
  const shown = found.slice(0, maxParts);
  // Only the parts of a composite checksum are told one by one.
  if (checksum?.type !== 'COMPOSITE' || !parts.some((part) => part.checksum))
    return { TotalPartsCount: parts.length };
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(after),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: maxParts,
    IsTruncated: shown.length < found.length,
    Parts: shown.map((part) => ({
      PartNumber: part.number,
      Size: part.size,
      ...(part.checksum ? asMember({ algorithm: checksum.algorithm, value: part.checksum }) : {}),
    })),
  };
}

/** Here without the number of parts that a composite checksum ends with elsewhere. */
const wholeChecksum = ({ algorithm, value, type }: Checksum) => ({
  ...asMember({ algorithm, value: value.replace(/-\d+$/, '') }),
  ChecksumType: type,
});
