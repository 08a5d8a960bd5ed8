import type { ListObjectsOutput } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { listedObject } from '../listed-object.ts';
import { encoder, listKeys, readMaxKeys, walk } from '../listing.ts';
import { ownerOf } from '../owner.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects = (ctx: S3Context) =>
  operation('s3', 'ListObjects', {
    accepts: ['Bucket', 'Prefix', 'Delimiter', 'Marker', 'MaxKeys', 'EncodingType', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:ListBucket', listKeys(input)),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const maxKeys = readMaxKeys(input.MaxKeys);
      const encode = encoder(input.EncodingType);
      const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: marker } = input;
      const contents: ListObjectsOutput['Contents'] = [];
      const prefixes: string[] = [];
      let last: string | undefined;
      let more = false;
      if (maxKeys > 0)
        for (const item of walk(ctx, bucket, { prefix, delimiter, after: marker })) {
          if (contents.length + prefixes.length >= maxKeys) {
            more = true;
            break;
          }
          last = item.kind === 'prefix' ? item.prefix : item.key;
          if (item.kind === 'prefix') prefixes.push(item.prefix);
          else {
            if (!item.version.deleteMarker)
              contents.push({
                Key: encode(item.key),
                ...listedObject(item.version),
                Owner: ownerOf(bucket.accountId),
              });
          }
        }
      return {
        Name: bucket.name,
        Prefix: encode(prefix),
        Marker: encode(marker ?? ''),
        ...(delimiter ? { Delimiter: encode(delimiter) } : {}),
        MaxKeys: maxKeys,
        IsTruncated: more,
        ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
        // Only with a delimiter; without one the last key serves.
        ...(more && delimiter && last !== undefined ? { NextMarker: encode(last) } : {}),
        ...(contents.length > 0 ? { Contents: contents } : {}),
        ...(prefixes.length > 0 ? { CommonPrefixes: prefixes.map((one) => ({ Prefix: encode(one) })) } : {}),
      };
    },
  });
