import { operation } from '../../../service.ts';
import { bucketArn } from '../arn.ts';
import type { S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { ownerOf } from '../owner.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets = (ctx: S3Context) =>
  operation('s3', 'ListBuckets', {
    accepts: ['MaxBuckets', 'ContinuationToken', 'Prefix', 'BucketRegion'],
    access: () => ({ action: 's3:ListAllMyBuckets', resource: '*' }),
    handle(input, { caller }) {
      const after = input.ContinuationToken
        ? Buffer.from(input.ContinuationToken, 'base64url').toString()
        : undefined;
      const found = ctx.buckets
        .all()
        .filter(({ accountId }) => accountId === caller.accountId)
        .filter(({ name }) => name.startsWith(input.Prefix ?? '') && (after === undefined || name > after))
        .filter(({ region }) => (input.BucketRegion ?? region) === region);
      const { MaxBuckets: most = 10_000 } = input;
      if (!Number.isInteger(most) || most < 1 || most > 10_000)
        throw invalidArgument(
          'Argument max-buckets must be an integer between 1 and 10000',
          'max-buckets',
          String(most),
        );
      const shown = found.slice(0, most);
      // Only requests that ask for pages are answered with regions.
      const paged = Object.values(input).some((value) => value !== undefined);
      const last = shown.at(-1);
      return {
        Owner: ownerOf(caller.accountId),
        Buckets: shown.map((bucket) => ({
          Name: bucket.name,
          CreationDate: new Date(bucket.createdAt),
          BucketArn: bucketArn(bucket.name),
          ...(paged ? { BucketRegion: bucket.region } : {}),
        })),
        ...(input.Prefix ? { Prefix: input.Prefix } : {}),
        ...(last && shown.length < found.length
          ? { ContinuationToken: Buffer.from(last.name).toString('base64url') }
          : {}),
      };
    },
  });
