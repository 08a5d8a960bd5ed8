import { createHash, randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'secrets';
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => cloud.dispose());

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) =>
      `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`,
  );
/** The SDK adds the MD5 by itself, and writes the key in base64. */
const keyOf = (bytes: Buffer) => ({
  SSECustomerAlgorithm: 'AES256',
  SSECustomerKey: bytes.toString('base64'),
  SSECustomerKeyMD5: createHash('md5').update(bytes).digest('base64'),
});
const key = keyOf(randomBytes(32));
const other = keyOf(randomBytes(32));
const stored =
  '400 InvalidRequest: The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';
const wrongKey =
  '403 AccessDenied: Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.';

describe('an object under a key of the client', () => {
  it('is read with that key only, and its answers name the MD5 of the key', async () => {
    const named = { SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: key.SSECustomerKeyMD5 };
    const written = await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'deep', ...key }));
    expect(written).toMatchObject(named);
    expect(written.ServerSideEncryption).toBeUndefined();
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a', ...key }));
    expect(got).toMatchObject(named);
    expect(await got.Body?.transformToString()).toBe('deep');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a', ...key }))).toMatchObject(named);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'a' })))).toBe(stored);
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'a', ...other })))).toBe(wrongKey);
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'a' })))).toContain('400');
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'a', ...other })))).toContain('403');
  });

  it('is copied with that key, to another key or to none', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'from', Body: 'deep', ...key }));
    const copy = (more: object) =>
      s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `${Bucket}/from`, ...more }));
    const source = {
      CopySourceSSECustomerAlgorithm: 'AES256',
      CopySourceSSECustomerKey: key.SSECustomerKey,
      CopySourceSSECustomerKeyMD5: key.SSECustomerKeyMD5,
    };
    expect(await failure(copy({}))).toBe(stored);
    await copy({ ...source, ...other });
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'to', ...key })))).toBe(wrongKey);
    await s3.send(new GetObjectCommand({ Bucket, Key: 'to', ...other }));
    expect(await copy(source)).toMatchObject({ ServerSideEncryption: 'AES256' });
    await s3.send(new GetObjectCommand({ Bucket, Key: 'to' }));
  });

  it('made of parts asks for the key with every part', async () => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'm', ...key }));
    const part = (more: object) =>
      s3.send(new UploadPartCommand({ Bucket, Key: 'm', UploadId, PartNumber: 1, Body: 'part', ...more }));
    expect(await failure(part({}))).toContain('400 InvalidRequest: The multipart upload initiate requested');
    expect(await failure(part(other))).toBe(
      '400 InvalidRequest: The provided encryption parameters did not match the ones used originally.',
    );
    const { ETag } = await part(key);
    await s3.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key: 'm',
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
      }),
    );
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'm' })))).toBe(stored);
    await s3.send(new GetObjectCommand({ Bucket, Key: 'm', ...key }));
  });

  it.each<[string, Partial<PutObjectCommandInput>, string]>([
    [
      'another algorithm',
      { SSECustomerAlgorithm: 'KMS' },
      '400 InvalidEncryptionAlgorithmError: The Encryption request you specified is not valid. Supported value: AES256.',
    ],
    [
      'a key of S3 as well',
      { ServerSideEncryption: 'AES256' },
      '400 InvalidArgument: Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
    ],
    [
      'a key that is too short',
      keyOf(randomBytes(16)),
      '400 InvalidArgument: The secret key was invalid for the specified algorithm.',
    ],
  ])('is refused with %s', async (_, more, answer) => {
    const call = new PutObjectCommand({ Bucket, Key: 'refused', Body: 'x', ...key, ...more });
    expect(await failure(s3.send(call))).toBe(answer);
  });

  it('is refused with an MD5 of another key', async () => {
    const call = new PutObjectCommand({ Bucket, Key: 'refused', Body: 'x', ...key });
    // The SDK puts the right one there.
    call.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        headers['x-amz-server-side-encryption-customer-key-md5'] = other.SSECustomerKeyMD5;
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );
    expect(await failure(s3.send(call))).toBe(
      '400 InvalidArgument: The calculated MD5 hash of the key did not match the hash that was provided.',
    );
  });

  it('is refused where the encryption of the bucket blocks it', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'blocked' }));
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket: 'blocked',
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
              BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            },
          ],
        },
      }),
    );
    const call = new PutObjectCommand({ Bucket: 'blocked', Key: 'a', Body: 'x', ...key });
    expect(await failure(s3.send(call))).toContain('403 AccessDenied');
  });
});
