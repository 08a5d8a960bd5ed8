/**
 * The one way the blocks make a bucket: private, encrypted, TLS only, access logged. Refuses nothing of its own.
 *
 * Encryption is SSE-S3: no key to pay for or to grant. See
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
 */

import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CorsRule,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { acknowledgeDesign } from './acknowledge.ts';
import type { Stage } from './stage.ts';

export interface PrivateBucketOptions {
  readonly stage: Stage;
  /** Where S3 server access logs go. */
  readonly accessLogs: IBucket;
  /** Keep overwritten and deleted versions. @default false */
  readonly versioned?: boolean;
  readonly cors?: readonly CorsRule[];
  readonly lifecycle?: readonly LifecycleRule[];
}

/** Uploads that were begun and never completed are billed until something removes them. */
const abandonedUploads: LifecycleRule = {
  id: 'abandoned-uploads',
  abortIncompleteMultipartUploadAfter: Duration.days(7),
};

export function privateBucket(scope: Construct, id: string, options: PrivateBucketOptions): Bucket {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: options.versioned ?? false,
    cors: options.cors ? [...options.cors] : undefined,
    lifecycleRules: [abandonedUploads, ...(options.lifecycle ?? [])],
    serverAccessLogsBucket: options.accessLogs,
    serverAccessLogsPrefix: `s3/${id.toLowerCase()}/`,
    removalPolicy: options.stage.removalPolicy,
    autoDeleteObjects: options.stage.emptyBuckets,
  });
  acknowledgeShortLived(bucket, options.stage);
  return bucket;
}

/** What holds data and goes with its stack, in the stage that is there to be thrown away. */
export function acknowledgeShortLived(store: Construct, stage: Stage): void {
  if (stage.removalPolicy !== RemovalPolicy.DESTROY) return;
  acknowledgeDesign(store, {
    'delete-without-retain': `The ${stage.name} stage holds nothing that is worth keeping; staging and prod keep theirs.`,
  });
}

/**
 * A bucket for access logs of S3 and CloudFront, expiring after a year (30 days in dev).
 *
 * CloudFront's standard logs are written with an ACL, so this bucket has to allow ACLs:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 */
export function accessLogBucket(scope: Construct, id: string, stage: Stage): Bucket {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: [
      abandonedUploads,
      { id: 'old-logs', expiration: Duration.days(stage.name === 'dev' ? 30 : 365) },
    ],
    removalPolicy: stage.removalPolicy,
    autoDeleteObjects: stage.emptyBuckets,
  });
  if (stage.emptyBuckets) acknowledgeEmptyingFunction(Stack.of(bucket));
  return bucket;
}

const acknowledged = new WeakSet<IConstruct>();

/** The CDK makes one function a stack that empties buckets before they go. */
function acknowledgeEmptyingFunction(stack: Stack): void {
  const provider = stack.node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  if (provider === undefined || acknowledged.has(provider)) return;
  acknowledged.add(provider);
  acknowledgeDesign(provider, {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      "The CDK's own function that empties buckets may write its log, by Lambda's basic policy.",
  });
}
