/** A full disk refuses writes, and nothing else: reads go on, and so do writes once there is room. */
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

const disk = vi.hoisted(() => ({ full: false }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (...args: Parameters<typeof fs.writeSync>) => {
    if (disk.full)
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    return fs.writeSync(...args);
  };
  return { ...fs, writeSync };
});

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

it('answers writes with 5xx until there is room, and reads all the time', async () => {
  const sqs = new SQSClient(cloud.client());
  const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  const dynamodb = new DynamoDBClient(cloud.client());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  let count = 0;
  const text = 'x'.repeat(100_000);
  const writes = {
    sqs: () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text })),
    s3: () => s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: String(count++), Body: text })),
    dynamodb: () =>
      dynamodb.send(
        new PutItemCommand({ TableName: 'table', Item: { id: { S: String(count++) }, text: { S: text } } }),
      ),
  };
  for (const write of Object.values(writes)) await write();

  disk.full = true;
  for (const write of Object.values(writes))
    await vi.waitFor(() => expect(write()).rejects.toMatchObject({ $fault: 'server' }), {
      timeout: 10_000,
      interval: 0,
    });
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: 'table', Key: { id: { S: '1' } } }));
  expect(Item?.text?.S).toBe(text);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: '0' }));
  expect(await Body?.transformToString()).toBe(text);

  disk.full = false;
  for (const write of Object.values(writes)) await write();
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
  await vi.waitFor(() =>
    expect(cloud.events.newest(10, 'warning').map(({ name }) => name)).toContain('disk.full'),
  );
  expect(cloud.failures()).toEqual({ count: 0 });
}, 60_000);
