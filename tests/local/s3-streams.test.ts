/** Objects that are deleted while somebody reads them. */
import { readdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'streams';
/** More than the connection and both ends of it hold at once. */
const content = Buffer.alloc(32 * 1024 * 1024, 'slipway ');
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => cloud.dispose());

const files = () =>
  readdirSync(join(cloud.stateDirectory, 'objects'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  ).length;

/** A reader that has the head of the answer and takes no more yet; the object is deleted meanwhile. */
async function readerOfDeleted(Key: string): Promise<IncomingMessage> {
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: content }));
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }));
  const reader = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, resolve).once('error', reject);
  });
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  return reader;
}

describe('an object that is deleted while it is read', () => {
  it('is read to its end, and then its file goes', async () => {
    const reader = await readerOfDeleted('whole');
    expect(files()).toBe(1);
    const chunks: Buffer[] = [];
    for await (const chunk of reader) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    await expect.poll(files).toBe(0);
  });

  it('goes with its file when the reader leaves', async () => {
    const reader = await readerOfDeleted('left');
    expect(files()).toBe(1);
    reader.destroy();
    await expect.poll(files).toBe(0);
    const { Body } = await s3
      .send(new PutObjectCommand({ Bucket, Key: 'after', Body: 'text' }))
      .then(() => s3.send(new GetObjectCommand({ Bucket, Key: 'after' })));
    expect(await Body?.transformToString()).toBe('text');
  });
});
