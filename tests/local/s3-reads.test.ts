import { createHash } from 'node:crypto';
import { request } from 'node:http';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'reads';
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789', ContentType: 'text/plain' }));
});
afterAll(() => cloud.dispose());

const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      name: error.name,
      status: error.$metadata?.httpStatusCode,
    }),
  );

describe('ranges', () => {
  it('answer 206 with the bytes asked for', async () => {
    for (const [Range, text, span] of [
      ['bytes=2-4', '234', '2-4'],
      ['bytes=7-', '789', '7-9'],
      ['bytes=-2', '89', '8-9'],
      ['bytes=8-100', '89', '8-9'],
    ] as const) {
      const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
      expect(read.$metadata.httpStatusCode).toBe(206);
      expect(read.ContentRange).toBe(`bytes ${span}/10`);
      expect(read.ContentLength).toBe(text.length);
      expect(await read.Body?.transformToString()).toBe(text);
    }
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'k', Range: 'bytes=0-0' }));
    expect([head.ContentLength, head.ContentRange]).toEqual([1, 'bytes 0-0/10']);
  });

  it('past the end are refused, malformed ones are ignored', async () => {
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=10-' })))).toEqual({
      name: 'InvalidRange',
      status: 416,
    });
    const whole = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'lines=1-2' }));
    expect([whole.ContentLength, whole.$metadata.httpStatusCode]).toEqual([10, 200]);
  });

  it('of a large object come from the middle of its file', async () => {
    const body = Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => i % 251));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'large', Body: body }));
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'large', Range: 'bytes=400000-899999' }));
    const bytes = Buffer.from((await read.Body?.transformToByteArray()) ?? []);
    expect(bytes.equals(body.subarray(400_000, 900_000))).toBe(true);
  });
});

describe('conditions', () => {
  it('on reads answer 304 and 412', async () => {
    const { ETag, LastModified } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }));
    const later = new Date((LastModified?.getTime() ?? 0) + 1000);
    const earlier = new Date((LastModified?.getTime() ?? 0) - 1000);
    const status = async (conditions: object) => {
      const result = await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'k', ...conditions })));
      return typeof result === 'string' ? 200 : result.status;
    };
    expect(await status({ IfMatch: ETag })).toBe(200);
    expect(await status({ IfMatch: '"x"' })).toBe(412);
    expect(await status({ IfNoneMatch: ETag })).toBe(304);
    expect(await status({ IfNoneMatch: '"x"' })).toBe(200);
    expect(await status({ IfModifiedSince: LastModified })).toBe(304);
    expect(await status({ IfModifiedSince: earlier })).toBe(200);
    expect(await status({ IfUnmodifiedSince: earlier })).toBe(412);
    expect(await status({ IfUnmodifiedSince: later })).toBe(200);
    expect(await status({ IfMatch: ETag, IfUnmodifiedSince: earlier })).toBe(200);
    expect(await status({ IfNoneMatch: '"x"', IfModifiedSince: LastModified })).toBe(200);
  });

  it('on writes keep an object from being made or overwritten unawares', async () => {
    const put = (Key: string, conditions: object) =>
      failure(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'new', ...conditions })));
    expect(await put('k', { IfNoneMatch: '*' })).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(await put('once', { IfNoneMatch: '*' })).toBe('no error');
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'once' }));
    expect(await put('once', { IfMatch: '"stale"' })).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(await put('once', { IfMatch: ETag })).toBe('no error');
    expect(await put('absent', { IfMatch: ETag })).toEqual({ name: 'NoSuchKey', status: 404 });
  });
});

describe('integrity', () => {
  it('is checked against every algorithm, and the sum is answered on request', async () => {
    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
      await s3.send(new PutObjectCommand({ Bucket, Key: 'sum', Body: '123456789', ChecksumAlgorithm }));
      const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
      expect(read[`Checksum${ChecksumAlgorithm}`]).toBeTruthy();
      expect(await read.Body?.transformToString()).toBe('123456789');
    }
    const wrong = { ChecksumCRC32C: 'AAAAAA==' };
    expect(
      await failure(s3.send(new PutObjectCommand({ Bucket, Key: 'sum', Body: 'x', ...wrong }))),
    ).toMatchObject({ name: 'BadDigest' });
  });

  it('has the published check values of CRC32C and CRC64NVME', async () => {
    const sums = { ChecksumCRC32C: '4waSgw==', ChecksumCRC64NVME: 'rosUhgp5mIg=' };
    for (const [name, value] of Object.entries(sums)) {
      const put = (Body: string) =>
        failure(s3.send(new PutObjectCommand({ Bucket, Key: 'check', Body, [name]: value })));
      expect(await put('123456789')).toBe('no error');
      expect(await put('123456780')).toMatchObject({ name: 'BadDigest' });
    }
  });

  it('of Content-MD5 is checked, and a wrong one leaves the old object', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'md5', Body: 'old' }));
    const md5 = createHash('md5').update('other').digest('base64');
    const put = (ContentMD5: string) =>
      failure(s3.send(new PutObjectCommand({ Bucket, Key: 'md5', Body: 'new', ContentMD5 })));
    expect(await put(md5)).toEqual({ name: 'BadDigest', status: 400 });
    expect(await put('nonsense')).toEqual({ name: 'InvalidDigest', status: 400 });
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'md5' }));
    expect(await read.Body?.transformToString()).toBe('old');
  });

  it('refuses what it does not check by name', async () => {
    const put = (extra: object) =>
      s3
        .send(new PutObjectCommand({ Bucket, Key: 'no', Body: 'x', ...extra }))
        .catch((error: Error) => error.message);
    expect(await put({ ChecksumXXHASH64: 'AAAA' })).toContain('ChecksumXXHASH64');
    expect(await put({ WebsiteRedirectLocation: '/x' })).toContain('WebsiteRedirectLocation');
  });

  it('holds for an upload that breaks off: nothing is left of it', async () => {
    const url = new URL(await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'broken' })));
    await new Promise<void>((resolve) => {
      const upload = request(url, { method: 'PUT', headers: { 'content-length': 1_000_000 } });
      upload.once('error', () => resolve());
      upload.write(Buffer.alloc(300_000), () => upload.destroy(new Error('pulled')));
    });
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'broken' })))).toMatchObject({
      status: 404,
    });
  });
});

describe('presigned URLs', () => {
  const sign = (command: GetObjectCommand | PutObjectCommand | HeadObjectCommand, expiresIn = 60) =>
    getSignedUrl(s3, command as GetObjectCommand, { expiresIn });

  it('read, write and head without credentials', async () => {
    const written = await fetch(await sign(new PutObjectCommand({ Bucket, Key: 'up' })), {
      method: 'PUT',
      body: 'from a page',
    });
    expect(written.status).toBe(200);
    const read = await fetch(await sign(new GetObjectCommand({ Bucket, Key: 'up' })));
    expect(await read.text()).toBe('from a page');
    const head = await fetch(await sign(new HeadObjectCommand({ Bucket, Key: 'up' })), { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('11');
  });

  it('carry overrides of the answer headers', async () => {
    const url = await sign(
      new GetObjectCommand({
        Bucket,
        Key: 'k',
        ResponseContentType: 'application/json',
        ResponseContentDisposition: 'attachment; filename="a.json"',
      }),
    );
    const { headers } = await fetch(url);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('content-disposition')).toBe('attachment; filename="a.json"');
  });

  it('are refused when tampered with, and when expired', async () => {
    const url = await sign(new GetObjectCommand({ Bucket, Key: 'k' }));
    const other = await fetch(url.replace('/k?', '/up?'));
    expect([other.status, /<Code>(\w+)/.exec(await other.text())?.[1]]).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
    const old = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'k' }), {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 120_000),
    });
    const expired = await fetch(old);
    expect(expired.status).toBe(403);
    expect(await expired.text()).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });

  it('work in virtual-host style', async () => {
    const port = new URL(cloud.endpoint).port;
    const virtual = new S3Client({ ...cloud.client(), endpoint: `http://s3.localhost:${port}` });
    const url = new URL(await getSignedUrl(virtual, new GetObjectCommand({ Bucket, Key: 'k' })));
    expect(url.hostname).toBe(`${Bucket}.s3.localhost`);
    const text = await new Promise<string>((resolve, reject) => {
      request(
        { host: '127.0.0.1', port, path: url.pathname + url.search, headers: { host: url.host } },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk.toString();
          });
          response.on('end', () => resolve(body));
        },
      )
        .once('error', reject)
        .end();
    });
    expect(text).toBe('0123456789');
  });
});
