/** What the edge remembers of who did what, and how long work took, as the control interface tells it. */
import { CreateTableCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRunning } from '../../src/cli/running.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let worker: ReturnType<TestCloud['client']>;
const roleArn = 'arn:aws:iam::000000000000:role/apps/worker';

beforeAll(async () => {
  cloud = await testCloud();
  const iam = new IAMClient(cloud.client());
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'worker',
      Path: '/apps/',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'worker',
      PolicyName: 'work',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 'dynamodb:Query'], Resource: '*' },
        ],
      }),
    }),
  );
  const { Credentials: made } = await new STSClient(cloud.client()).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'one' }),
  );
  worker = cloud.client({
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  });
});
afterAll(() => cloud.dispose());

const ofWorker = () => cloud.usedActions.list().actions.filter(({ principal }) => principal === roleArn);

describe('used actions', () => {
  it('name the role without its session and the bucket without its keys, each once', async () => {
    await new S3Client(cloud.client()).send(new CreateBucketCommand({ Bucket: 'plans' }));
    const s3 = new S3Client({ ...worker, forcePathStyle: true });
    for (const Key of ['a', 'deep/b']) {
      await s3.send(new PutObjectCommand({ Bucket: 'plans', Key, Body: 'x' }));
      await s3.send(new GetObjectCommand({ Bucket: 'plans', Key }));
    }
    expect(ofWorker()).toEqual([
      { principal: roleArn, action: 's3:GetObject', resource: 'arn:aws:s3:::plans' },
      { principal: roleArn, action: 's3:PutObject', resource: 'arn:aws:s3:::plans' },
    ]);
  });

  it('leave out what was denied', async () => {
    const s3 = new S3Client({ ...worker, forcePathStyle: true });
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'plans' }))).rejects.toThrow(/s3:ListBucket/);
    expect(ofWorker().map(({ action }) => action)).not.toContain('s3:ListBucket');
  });

  it('lay the use of an index to its table', async () => {
    await new DynamoDBClient(cloud.client()).send(
      new CreateTableCommand({
        TableName: 'jobs',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['id', 'status'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-status',
            KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
    );
    await new DynamoDBClient(worker).send(
      new QueryCommand({
        TableName: 'jobs',
        IndexName: 'by-status',
        KeyConditionExpression: '#s = :s',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: { ':s': { S: 'pending' } },
      }),
    );
    expect(ofWorker()).toContainEqual({
      principal: roleArn,
      action: 'dynamodb:Query',
      resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/jobs',
    });
  });

  it('are told to who holds the token, over restarts', async () => {
    const before = ofWorker();
    expect((await fetch(`${cloud.endpoint}/_slipway/actions`)).status).toBe(403);
    await cloud.close();
    cloud = await testCloud({ stateDirectory: cloud.stateDirectory });
    const running = await findRunning(cloud.stateDirectory);
    expect(before).toHaveLength(3);
    const told = await running?.control<{ actions: { principal: string }[]; complete: boolean }>(
      'GET',
      'actions',
    );
    expect(told?.actions.filter(({ principal }) => principal === roleArn)).toEqual(before);
    expect(told?.complete).toBe(true);
  });
});

describe('work samples', () => {
  it('time a message from its receive to its delete, through changes of its visibility and moves of the clock', async () => {
    const sqs = new SQSClient(cloud.client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }));
    const began = performance.now();
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const ReceiptHandle = Messages?.[0]?.ReceiptHandle;
    await new Promise((resolve) => setTimeout(resolve, 60));
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 600 }));
    await cloud.clock.advance(300_000);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    const took = (performance.now() - began) / 1000;
    const found = cloud.samples.list().find(({ service }) => service === 'sqs');
    expect(found).toMatchObject({
      what: 'receive-to-delete',
      resource: 'arn:aws:sqs:us-east-1:000000000000:work',
    });
    expect(found?.seconds).toHaveLength(1);
    expect(found?.seconds[0]).toBeGreaterThan(0.05);
    expect(found?.seconds[0]).toBeLessThanOrEqual(took + 0.002);
  });
});
