import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const day = 86_400_000;
const bucket = async (Bucket: string, versioned = false) => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (versioned)
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
};
const put = (Bucket: string, Key: string, Body: string | Buffer = 'x') =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  );
const lifecycle = (Bucket: string, ...Rules: LifecycleRule[]) =>
  s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));

describe('configuration', () => {
  it('is kept, answered and deleted, and absent with its own error', async () => {
    const Bucket = await bucket('configured');
    expect(await failure(s3.send(new GetBucketCorsCommand({ Bucket })))).toBe('NoSuchCORSConfiguration');
    expect(await failure(s3.send(new GetBucketTaggingCommand({ Bucket })))).toBe('NoSuchTagSet');
    expect(await failure(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).toBe(
      'NoSuchLifecycleConfiguration',
    );
    expect(await failure(s3.send(new GetBucketWebsiteCommand({ Bucket })))).toBe(
      'NoSuchWebsiteConfiguration',
    );
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeFalsy();
    const TagSet = [{ Key: 'a', Value: 'b' }];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
    await s3.send(new DeleteBucketCorsCommand({ Bucket }));
  });

  it('of encryption shows on new objects', async () => {
    const Bucket = await bucket('encrypted');
    const shown = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(
      shown.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    ).toBe('AES256');
    const key = 'arn:aws:kms:us-east-1:000000000000:key/1';
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    );
    await put(Bucket, 'k');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: key,
      BucketKeyEnabled: true,
    });
  });

  it('of websites is refused by name', async () => {
    const Bucket = await bucket('website');
    const refused = await s3
      .send(
        new PutBucketWebsiteCommand({
          Bucket,
          WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
        }),
      )
      .catch((error: Error) => error.message);
    expect(refused).toContain('s3:PutBucketWebsite');
  });
});

describe('lifecycle', () => {
  it('expires objects by age, prefix, size and tag, at the midnight after', async () => {
    const Bucket = await bucket('aging');
    await lifecycle(
      Bucket,
      { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 10 } },
      {
        ID: 'tagged',
        Status: 'Enabled',
        Filter: { And: { Prefix: '', Tags: [{ Key: 't', Value: '1' }], ObjectSizeGreaterThan: 2 } },
        Expiration: { Days: 3 },
      },
      { ID: 'off', Status: 'Disabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } },
    );
    await put(Bucket, 'logs/a');
    await put(Bucket, 'other');
    const tagged = (Key: string, Body: string) =>
      s3.send(new PutObjectCommand({ Bucket, Key, Body, Tagging: 't=1' }));
    await tagged('tagged-large', 'xxx');
    await tagged('tagged-small', 'x');
    const { Expiration } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'logs/a' }));
    expect(Expiration).toMatch(/^expiry-date=".* 00:00:00 GMT", rule-id="logs"$/);
    const left = async () =>
      ((await s3.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? []).map((one) => one.Key);
    await cloud.clock.advance(4 * day);
    expect(await left()).toEqual(['logs/a', 'other', 'tagged-small']);
    await cloud.clock.advance(7 * day);
    expect(await left()).toEqual(['other', 'tagged-small']);
  });

  it('of versions leaves a marker, then expires what is noncurrent, then the marker', async () => {
    const Bucket = await bucket('aging-versions', true);
    await lifecycle(
      Bucket,
      {
        ID: 'both',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        Expiration: { Days: 5 },
        NoncurrentVersionExpiration: { NoncurrentDays: 2 },
      },
      {
        ID: 'markers',
        Status: 'Enabled',
        Filter: { Prefix: '' },
        Expiration: { ExpiredObjectDeleteMarker: true },
      },
    );
    await put(Bucket, 'k', '1');
    await put(Bucket, 'k', '2');
    const shape = async () => {
      const list = await s3.send(new ListObjectVersionsCommand({ Bucket }));
      return [list.Versions?.length ?? 0, list.DeleteMarkers?.length ?? 0];
    };
    expect(await shape()).toEqual([2, 0]);
    await cloud.clock.advance(3 * day);
    expect(await shape()).toEqual([1, 0]);
    await cloud.clock.advance(3 * day);
    expect(await shape()).toEqual([1, 1]);
    await cloud.clock.advance(4 * day);
    expect(await shape()).toEqual([0, 0]);
  });

  it('moves large objects to another storage class and ends abandoned uploads', async () => {
    const Bucket = await bucket('archive');
    await lifecycle(Bucket, {
      Status: 'Enabled',
      Filter: { Prefix: '' },
      Transitions: [
        { Days: 30, StorageClass: 'STANDARD_IA' },
        { Days: 60, StorageClass: 'GLACIER' },
      ],
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    });
    await put(Bucket, 'large', Buffer.alloc(200_000));
    await put(Bucket, 'small');
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'begun' }));
    const classOf = async (Key: string) =>
      (await s3.send(new HeadObjectCommand({ Bucket, Key }))).StorageClass ?? 'STANDARD';
    await cloud.clock.advance(8 * day);
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
    expect(await failure(s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'begun', UploadId })))).toBe(
      'NoSuchUpload',
    );
    await cloud.clock.advance(23 * day);
    expect([await classOf('large'), await classOf('small')]).toEqual(['STANDARD_IA', 'STANDARD']);
    await cloud.clock.advance(30 * day);
    expect(await classOf('large')).toBe('GLACIER');
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'large' })))).toBe('InvalidObjectState');
  });

  it('is refused when malformed', async () => {
    const Bucket = await bucket('malformed-rules');
    const rule = { Status: 'Enabled', Filter: { Prefix: '' } } as const;
    expect(await failure(lifecycle(Bucket, rule))).toBe('InvalidRequest');
    expect(await failure(lifecycle(Bucket, { ...rule, Expiration: { Days: 0 } }))).toBe('InvalidArgument');
    expect(
      await failure(lifecycle(Bucket, { ...rule, Transitions: [{ Days: 5, StorageClass: 'STANDARD_IA' }] })),
    ).toBe('InvalidArgument');
  });
});

describe('notifications', () => {
  it('reach a queue whose policy lets S3 in', async () => {
    const Bucket = await bucket('notifying');
    const sqs = new SQSClient(cloud.client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'uploads' }));
    const QueueArn = `arn:aws:sqs:us-east-1:${cloud.accountId}:uploads`;
    const configure = () =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: {
            QueueConfigurations: [
              {
                QueueArn,
                Events: ['s3:ObjectCreated:*'],
                Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '.json' }] } },
              },
            ],
          },
        }),
      );
    expect(await failure(configure())).toBe('InvalidArgument');
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 's3.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: QueueArn,
                Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${Bucket}` } },
              },
            ],
          }),
        },
      }),
    );
    await configure();
    const next = async () => {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
      return JSON.parse(Messages?.[0]?.Body ?? '{}') as { Event?: string; Records?: object[] };
    };
    expect((await next()).Event).toBe('s3:TestEvent');
    await put(Bucket, 'plan.txt');
    await put(Bucket, 'a plan.json', '12345');
    expect((await next()).Records).toMatchObject([
      {
        eventName: 'ObjectCreated:Put',
        s3: { bucket: { name: Bucket }, object: { key: 'a+plan.json', size: 5 } },
      },
    ]);
  });
});

describe('AWS::S3::Bucket and AWS::S3::BucketPolicy', () => {
  const template = (days: number, versioned = true) => ({
    Resources: {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: 'stacked',
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
            ],
          },
          CorsConfiguration: {
            CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: 3600 }],
          },
          LifecycleConfiguration: {
            Rules: [
              { Id: 'old', Status: 'Enabled', ExpirationInDays: days },
              { Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
            ],
          },
          ...(versioned ? { VersioningConfiguration: { Status: 'Enabled' } } : {}),
          Tags: [{ Key: 'own', Value: 'tag' }],
        },
      },
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Bucket' },
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                Action: 's3:*',
                Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
            ],
          },
        },
      },
    },
    Outputs: { Domain: { Value: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } } },
  });

  it('are made, changed in place and deleted; a full bucket is not deleted', async () => {
    const made = await stacks.create('buckets', template(10));
    expect(made.StackStatus).toBe('CREATE_COMPLETE');
    expect(made.Outputs?.[0]?.OutputValue).toBe('stacked.s3.us-east-1.amazonaws.com');
    const Bucket = 'stacked';
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules?.[0]?.MaxAgeSeconds).toBe(3600);
    await put(Bucket, 'k');
    expect((await stacks.update('buckets', template(20, false))).StackStatus).toBe('UPDATE_COMPLETE');
    const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules?.[0]).toMatchObject({ ID: 'old', Expiration: { Days: 20 } });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Suspended');
    expect((await stacks.remove('buckets')).StackStatus).toBe('DELETE_FAILED');
    expect((await stacks.story('buckets')).join('\n')).toContain(
      'The bucket you tried to delete is not empty',
    );
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
      await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    expect((await stacks.remove('buckets')).StackStatus).toBe('DELETE_COMPLETE');
    expect(await failure(s3.send(new DeleteBucketCommand({ Bucket })))).toBe('NoSuchBucket');
  });

  it('refuse properties that change what is served, by name', async () => {
    const stack = await stacks
      .create('site', {
        Resources: {
          Site: {
            Type: 'AWS::S3::Bucket',
            Properties: { WebsiteConfiguration: { IndexDocument: 'index.html' } },
          },
        },
      })
      .catch((error: Error) => error);
    const told = stack instanceof Error ? stack.message : (await stacks.story('site')).join('\n');
    expect(told).toContain('WebsiteConfiguration');
  });
});

describe('state', () => {
  it('survives a restart: objects, versions, uploads and configuration', async () => {
    const first = await testCloud();
    const client = new S3Client({ ...first.client(), forcePathStyle: true });
    const Bucket = 'durable';
    await client.send(new CreateBucketCommand({ Bucket }));
    const large = Buffer.alloc(100_000, 'l');
    await client.send(new PutObjectCommand({ Bucket, Key: 'small', Body: 's', Metadata: { a: 'b' } }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'large', Body: large }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'u' }));
    await first.close();
    const second = await testCloud({ stateDirectory: first.stateDirectory });
    try {
      const again = new S3Client({ ...second.client(), forcePathStyle: true });
      const small = await again.send(new GetObjectCommand({ Bucket, Key: 'small' }));
      expect([await small.Body?.transformToString(), small.Metadata]).toEqual(['s', { a: 'b' }]);
      const body = await (
        await again.send(new GetObjectCommand({ Bucket, Key: 'large' }))
      ).Body?.transformToByteArray();
      expect(large.equals(body ?? Buffer.alloc(0))).toBe(true);
      const { Uploads } = await again.send(new ListMultipartUploadsCommand({ Bucket }));
      expect(Uploads?.map((upload) => upload.UploadId)).toEqual([UploadId]);
    } finally {
      await second.dispose();
    }
  });

  it('is metered in byte-hours by bucket and class, and in bytes out', async () => {
    const Bucket = await bucket('metered');
    await put(Bucket, 'k', Buffer.alloc(1000));
    await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    await cloud.clock.advance(2 * 3_600_000);
    const sum = (usage: string, resource: string) =>
      cloud.meter
        .totals()
        .filter((one) => one.service === 's3' && one.usage === usage && one.resource === resource)
        .reduce((total, one) => total + one.quantity, 0);
    expect(sum('bytes-out', Bucket)).toBe(1000);
    // The last hour's turn of the meter may still be ahead.
    expect(sum('byte-hours:STANDARD', Bucket)).toBeGreaterThanOrEqual(1000);
    expect(sum('byte-hours:STANDARD', Bucket)).toBeLessThan(2100);
  });
});
