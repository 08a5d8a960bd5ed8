import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { compareKeys, encoder, readMaxKeys } from '../listing.ts';
import { initiatorOf, ownerOf } from '../owner.ts';
import type { Upload } from '../uploads.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads = (ctx: S3Context) =>
  operation('s3', 'ListMultipartUploads', {
    accepts: [
      'Bucket',
      'Prefix',
      'Delimiter',
      'EncodingType',
      'KeyMarker',
      'UploadIdMarker',
      'MaxUploads',
      'ExpectedBucketOwner',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:ListBucketMultipartUploads'),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const maxUploads = readMaxKeys(input.MaxUploads, 'max-uploads');
      const encode = encoder(input.EncodingType);
      const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '' } = input;
      const shown: Upload[] = [];
      const prefixes = new Set<string>();
      // AWS names the last upload of a page always, and a common prefix only where the page was cut.
      let lastPrefix: string | undefined;
      let more = false;
      for (const upload of ctx.uploads.all(bucket)) {
        if (!upload.key.startsWith(prefix)) continue;
        const cut = delimiter ? upload.key.indexOf(delimiter, prefix.length) : -1;
        const common = cut < 0 ? undefined : upload.key.slice(0, cut + delimiter.length);
        if (common !== undefined ? prefixes.has(common) : false) continue;
        if (
          isPast(common ?? upload.key, common === undefined ? upload.id : '', keyMarker, input.UploadIdMarker)
        )
          continue;
        if (shown.length + prefixes.size >= maxUploads) {
          more = true;
          break;
        }
        lastPrefix = common;
        if (common === undefined) shown.push(upload);
        else prefixes.add(common);
      }
      const final = shown.at(-1);
      const last =
        lastPrefix !== undefined
          ? more
            ? { key: lastPrefix, id: '' }
            : undefined
          : final && { key: final.key, id: final.id };
      const owner = ownerOf(bucket.accountId);
      const initiator = initiatorOf(bucket.accountId);
      return {
        Bucket: bucket.name,
        KeyMarker: encode(keyMarker),
        UploadIdMarker: input.UploadIdMarker ?? '',
        ...(prefix ? { Prefix: encode(prefix) } : {}),
        ...(delimiter ? { Delimiter: encode(delimiter) } : {}),
        ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
        MaxUploads: maxUploads,
        IsTruncated: more,
        NextKeyMarker: encode(last?.key ?? ''),
        NextUploadIdMarker: last?.id ?? '',
        Uploads: shown.map((upload) => ({
          UploadId: upload.id,
          Key: encode(upload.key),
          Initiated: new Date(upload.initiated),
          StorageClass: upload.storageClass ?? 'STANDARD',
          Owner: owner,
          Initiator: initiator,
          ...(upload.algorithmNamed
            ? { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType }
            : {}),
        })),
        ...(prefixes.size > 0
          ? { CommonPrefixes: [...prefixes].map((one) => ({ Prefix: encode(one) })) }
          : {}),
      };
    },
  });

/** Whether an earlier page had it. Without an upload's id, the marker's key is past as a whole. */
function isPast(key: string, id: string, keyMarker: string, idMarker: string | undefined): boolean {
  if (keyMarker === '') return false;
  const order = compareKeys(key, keyMarker);
  if (order !== 0) return order < 0;
  return idMarker === undefined || idMarker === '' || id <= idMarker;
}
