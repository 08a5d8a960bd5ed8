import type { DeleteMarkerEntry, ObjectVersion } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { BucketRecord } from '../buckets.ts';
import type { S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { listedObject } from '../listed-object.ts';
import { encoder, listKeys, readMaxKeys, walk } from '../listing.ts';
import { orderOf, type Version } from '../objects.ts';
import { ownerOf } from '../owner.ts';

type Item =
  | { readonly kind: 'version'; readonly key: string; readonly version: Version; readonly latest: boolean }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions = (ctx: S3Context) =>
  operation('s3', 'ListObjectVersions', {
    accepts: [
      'Bucket',
      'Prefix',
      'Delimiter',
      'EncodingType',
      'KeyMarker',
      'VersionIdMarker',
      'MaxKeys',
      'ExpectedBucketOwner',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:ListBucketVersions', listKeys(input)),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const maxKeys = readMaxKeys(input.MaxKeys);
      const encode = encoder(input.EncodingType);
      const { Prefix: prefix = '', Delimiter: delimiter = '' } = input;
      if (input.VersionIdMarker && !input.KeyMarker)
        throw invalidArgument(
          'A version-id marker cannot be specified without a key marker.',
          'version-id-marker',
          input.VersionIdMarker,
        );
      const owner = ownerOf(bucket.accountId);
      const versions: ObjectVersion[] = [];
      const markers: DeleteMarkerEntry[] = [];
      const prefixes: string[] = [];
      let last: Item | undefined;
      let more = false;
      if (maxKeys > 0)
        for (const item of items(ctx, bucket, prefix, delimiter, input.KeyMarker, input.VersionIdMarker)) {
          if (versions.length + markers.length + prefixes.length >= maxKeys) {
            more = true;
            break;
          }
          last = item;
          if (item.kind === 'prefix') {
            prefixes.push(item.prefix);
            continue;
          }
          const { version } = item;
          const common = {
            Key: encode(item.key),
            VersionId: version.versionId,
            IsLatest: item.latest,
            Owner: owner,
          };
          if (version.deleteMarker) markers.push({ ...common, LastModified: new Date(version.modified) });
          else versions.push({ ...common, ...(listedObject(version) as Omit<ObjectVersion, 'Key'>) });
        }
      return {
        Name: bucket.name,
        Prefix: encode(prefix),
        KeyMarker: encode(input.KeyMarker ?? ''),
        VersionIdMarker: input.VersionIdMarker ?? '',
        ...(delimiter ? { Delimiter: encode(delimiter) } : {}),
        ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
        MaxKeys: maxKeys,
        IsTruncated: more,
        ...(more && last ? nextMarkers(last, encode) : {}),
        Versions: versions,
        DeleteMarkers: markers,
        ...(prefixes.length > 0 ? { CommonPrefixes: prefixes.map((one) => ({ Prefix: encode(one) })) } : {}),
      };
    },
  });

const nextMarkers = (last: Item, encode: (text: string) => string) =>
  last.kind === 'prefix'
    ? { NextKeyMarker: encode(last.prefix) }
    : { NextKeyMarker: encode(last.key), NextVersionIdMarker: last.version.versionId };

function* versionsOf(ctx: S3Context, bucket: BucketRecord, key: string, current: Version): Generator<Item> {
  yield { kind: 'version', key, version: current, latest: true };
  for (const version of ctx.objects.older(bucket, key))
    yield { kind: 'version', key, version, latest: false };
}

function* items(
  ctx: S3Context,
  bucket: BucketRecord,
  prefix: string,
  delimiter: string,
  keyMarker: string | undefined,
  versionIdMarker: string | undefined,
): Generator<Item> {
  if (keyMarker !== undefined && versionIdMarker) {
    const current = ctx.objects.current(bucket, keyMarker);
    // The version that the marker names may be gone by now: its place is in its id.
    let after = orderOf(versionIdMarker);
    for (const item of current ? versionsOf(ctx, bucket, keyMarker, current) : []) {
      if (item.kind !== 'version') continue;
      if (item.version.order < after) yield item;
      else if (item.version.versionId === versionIdMarker) after = item.version.order;
    }
  }
  for (const item of walk(ctx, bucket, { prefix, delimiter, after: keyMarker, markers: true }))
    if (item.kind === 'prefix') yield item;
    else yield* versionsOf(ctx, bucket, item.key, item.version);
}
