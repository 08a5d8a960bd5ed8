import { globalRegion } from '../../../../core/regions.ts';
import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import { checkAcl, grantNames } from '../acl.ts';
import { bucketArn } from '../arn.ts';
import { isOwnership } from '../buckets.ts';
import type { S3Context } from '../context.ts';
import { newLocation } from '../location.ts';
import { ownerOf } from '../owner.ts';
import { checkTags } from '../tags.ts';

/**
 * General purpose buckets; directory buckets and ACLs that share are refused by name.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export const createBucket = (ctx: S3Context) =>
  operation('s3', 'CreateBucket', {
    accepts: [
      'Bucket',
      'ACL',
      ...grantNames,
      'CreateBucketConfiguration',
      'ObjectOwnership',
      'ObjectLockEnabledForBucket',
    ],
    access: (input) => ({ action: 's3:CreateBucket', resource: bucketArn(input.Bucket) }),
    *problems({ Bucket: name = '', CreateBucketConfiguration: configuration = {} }) {
      yield* thrownBy(() => checkName(name));
      const { LocationConstraint: _, Tags: __, ...more } = configuration;
      for (const [key, value] of Object.entries(more))
        if (value !== undefined) yield unsupported(`CreateBucketConfiguration.${key} of s3:CreateBucket`);
    },
    handle(input, call) {
      const { env, buckets } = ctx;
      const name = input.Bucket ?? '';
      const { LocationConstraint: location, Tags: tags } = input.CreateBucketConfiguration ?? {};
      const region = newLocation(location, call.scope.region);
      const { accountId } = call.caller;
      const ownership = input.ObjectOwnership ?? 'BucketOwnerEnforced';
      if (!isOwnership(ownership))
        throw new AwsError(
          'InvalidArgument',
          `Invalid x-amz-object-ownership header: ${String(ownership)}`,
          400,
          {
            ArgumentName: 'x-amz-object-ownership',
          },
        );
      checkAcl(input, { ownership }, ownerOf(accountId).ID);
      const answer = { Location: `/${name}`, BucketArn: bucketArn(name) };
      const existing = buckets.find(name);
      if (existing && existing.accountId !== accountId)
        throw new AwsError(
          'BucketAlreadyExists',
          'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
          409,
          { BucketName: name },
        );
      if (existing) {
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: in us-east-1 it is a success
        if (region === globalRegion && existing.region === region && !tags?.length) return answer;
        throw new AwsError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          409,
          { BucketName: name },
        );
      }
      if (tags?.some(({ Key }) => Key?.startsWith('aws:')) && call.http)
        throw new AwsError(
          'InvalidTag',
          'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
        );
      if (tags) checkTags(tags, 50);
      buckets.put({
        name,
        id: env.randomId(16),
        accountId,
        region,
        createdAt: env.clock.now(),
        ownership,
        // What every new bucket has: https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
        publicAccessBlock: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: a lock turns versioning on
        ...(input.ObjectLockEnabledForBucket ? { versioning: 'Enabled', objectLock: {} } : {}),
        ...(tags?.length ? { tags } : {}),
      });
      return answer;
    },
  });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkName(name: string): void {
  const good =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!good)
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
}
