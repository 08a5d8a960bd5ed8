import { AwsError, operation } from '../../../service.ts';
import { bucketCheck } from '../access.ts';
import type { S3Context } from '../context.ts';

/** There never is one: setting it is refused by name. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html */
export const getBucketReplication = (ctx: S3Context) =>
  operation('s3', 'GetBucketReplication', {
    accepts: ['Bucket', 'ExpectedBucketOwner'],
    access: (input, call) => bucketCheck(ctx, input, call, 's3:GetReplicationConfiguration'),
    handle(input) {
      throw new AwsError(
        'ReplicationConfigurationNotFoundError',
        'The replication configuration was not found',
        404,
        { BucketName: input.Bucket },
      );
    },
  });
