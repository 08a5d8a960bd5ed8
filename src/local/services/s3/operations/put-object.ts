import type { PutObjectOutput } from '@aws-sdk/client-s3';
import { operation } from '../../../service.ts';
import { objectCheck } from '../access.ts';
import { writtenAnswer } from '../answers.ts';
import { checksumMembers } from '../checksums/checksums.ts';
import { writeConditions } from '../conditions.ts';
import type { S3Context } from '../context.ts';
import { checkIntegrity } from '../object-lock.ts';
import { lockChecks } from '../object-lock-access.ts';
import { type Received, receive, statesSum } from '../receive.ts';
import { etagIsMd5, parseTagging, readWriteOptions, writeOptionNames } from '../write-options.ts';

/**
 * Redirects are refused by name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export const putObject = (ctx: S3Context) =>
  operation('s3', 'PutObject', {
    accepts: [
      'Bucket',
      'Key',
      'Body',
      'ContentLength',
      'ContentMD5',
      'ChecksumAlgorithm',
      'IfMatch',
      'IfNoneMatch',
      'ExpectedBucketOwner',
      ...checksumMembers,
      ...writeOptionNames,
    ],
    access(input, call) {
      const locks = lockChecks(ctx, input, call);
      if (!input.Tagging)
        return locks.length > 0
          ? [objectCheck(ctx, input, call, 's3:PutObject'), ...locks]
          : objectCheck(ctx, input, call, 's3:PutObject');
      const context: Record<string, string | string[]> = {};
      const tags = parseTagging(input.Tagging);
      for (const tag of tags) context[`s3:RequestObjectTag/${tag.Key}`] = tag.Value ?? '';
      context['s3:RequestObjectTagKeys'] = tags.map((tag) => tag.Key ?? '');
      return [
        objectCheck(ctx, input, call, 's3:PutObject', context),
        objectCheck(ctx, input, call, 's3:PutObjectTagging', context),
        ...locks,
      ];
    },
    handle(input, call) {
      const key = input.Key ?? '';
      const before = ctx.buckets.get(input.Bucket);
      const options = readWriteOptions(ctx.env.clock, input, before);
      checkIntegrity(options.lock, before, statesSum(input, call.http?.headers), call);
      writeConditions(input, key, () => ctx.objects.current(before, key));
      const write = ({ staged, etag, algorithm, checksum }: Received): PutObjectOutput => {
        try {
          // The bucket or the key may have changed while the body came in.
          const bucket = ctx.buckets.get(input.Bucket);
          writeConditions(input, key, () => ctx.objects.current(bucket, key));
          const version = ctx.objects.put(bucket, key, () => ({
            ...options,
            pieces: staged.commit(),
            size: staged.size,
            etag: etagIsMd5(options.encryption) ? etag : ctx.env.randomId(32),
            checksum: { algorithm, value: checksum, type: 'FULL_OBJECT' },
          }));
          ctx.notifications.emit(bucket, 'ObjectCreated:Put', key, version, call);
          return writtenAnswer(ctx, bucket, key, version);
        } catch (error) {
          staged.discard();
          throw error;
        }
      };
      const received = receive(ctx, input, call);
      return received instanceof Promise ? received.then(write) : write(received);
    },
  });
