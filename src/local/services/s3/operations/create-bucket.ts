import { AwsError, operation, thrownBy, unsupported } from '../../../service.ts';
import { checkAcl, grantNames } from '../acl.ts';
import { bucketArn } from '../arn.ts';
import { isOwnership } from '../buckets.ts';
import type { S3Context } from '../context.ts';
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
      // The first region is named by leaving it out.
      if (isRefusedLocation(location))
        throw new AwsError(
          'InvalidLocationConstraint',
          'The specified location-constraint is not valid',
          400,
          {
            LocationConstraint: location,
          },
        );
      if ((location ?? 'us-east-1') !== env.region)
        throw new AwsError(
          'IllegalLocationConstraintException',
          `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
        );
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
      checkAcl(input, { ownership }, ownerOf(env.accountId).ID);
      const answer = { Location: `/${name}`, BucketArn: bucketArn(name) };
      if (buckets.find(name)) {
        // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: in us-east-1 it is a success
        if (env.region === 'us-east-1' && !tags?.length) return answer;
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

const isRefusedLocation = (location: string | undefined): boolean =>
  location === 'us-east-1' || (location !== undefined && !/^(EU|[a-z]{2}(-[a-z]+)+-\d)$/.test(location));

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
