import type { ListObjectsV2Output } from '@aws-sdk/client-s3';
import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';
import { listedObject } from '../listed-object.ts';
import { encoder, listKeys, readMaxKeys, walk } from '../listing.ts';
import { ownerOf } from '../owner.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2 = (ctx: S3Context) =>
  operation('s3', 'ListObjectsV2', {
    accepts: [
      'Bucket',
      'Prefix',
      'Delimiter',
      'MaxKeys',
      'ContinuationToken',
      'StartAfter',
      'EncodingType',
      'FetchOwner',
      'ExpectedBucketOwner',
    ],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:ListBucket', listKeys(input)),
    handle(input) {
      const bucket = ctx.buckets.get(input.Bucket);
      const maxKeys = readMaxKeys(input.MaxKeys);
      const encode = encoder(input.EncodingType);
      const { Prefix: prefix = '', Delimiter: delimiter = '', ContinuationToken: token } = input;
      const after = token === undefined ? input.StartAfter : readToken(token);
      const contents: ListObjectsV2Output['Contents'] = [];
      const prefixes: string[] = [];
      let last: string | undefined;
      let more = false;
      if (maxKeys > 0)
        for (const item of walk(ctx, bucket, { prefix, delimiter, after })) {
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
                ...(input.FetchOwner ? { Owner: ownerOf(bucket.accountId) } : {}),
              });
          }
        }
      return {
        Name: bucket.name,
        Prefix: encode(prefix),
        ...(delimiter ? { Delimiter: encode(delimiter) } : {}),
        MaxKeys: maxKeys,
        KeyCount: contents.length + prefixes.length,
        IsTruncated: more,
        ...(input.EncodingType ? { EncodingType: input.EncodingType } : {}),
        ...(token === undefined ? {} : { ContinuationToken: token }),
        ...(input.StartAfter === undefined || token !== undefined
          ? {}
          : { StartAfter: encode(input.StartAfter) }),
        ...(more && last !== undefined ? { NextContinuationToken: writeToken(last) } : {}),
        ...(contents.length > 0 ? { Contents: contents } : {}),
        ...(prefixes.length > 0 ? { CommonPrefixes: prefixes.map((one) => ({ Prefix: encode(one) })) } : {}),
      };
    },
  });

/** Opaque to clients: the last key or common prefix of the page. */
const writeToken = (last: string) => `1${Buffer.from(last).toString('base64url')}`;

function readToken(token: string): string {
  if (!/^1[\w-]*$/.test(token))
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', 400, {
      ArgumentName: 'continuation-token',
    });
  return Buffer.from(token.slice(1), 'base64url').toString();
}
