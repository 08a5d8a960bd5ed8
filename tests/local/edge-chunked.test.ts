/** Uploads in signed chunks with trailing checksums, made by hand: the SDK here sends none over plain HTTP. */
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'chunked' }));
});
afterAll(() => cloud.dispose());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

interface Spoil {
  readonly data?: string;
  readonly trailer?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
function upload(key: string, data: string, spoil: Spoil = {}): Promise<{ status: number; body: string }> {
  const timestamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${timestamp.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const signing = ['us-east-1', 's3', 'aws4_request'].reduce(
    hmac,
    hmac(`AWS4${cloud.credentials.secretAccessKey}`, timestamp.slice(0, 8)),
  );
  const sign = (...lines: string[]) => createHmac('sha256', signing).update(lines.join('\n')).digest('hex');
  const marker = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
  const headers: Record<string, string> = {
    host: `127.0.0.1:${cloud.port}`,
    'x-amz-content-sha256': marker,
    'x-amz-date': timestamp,
    'x-amz-decoded-content-length': String(data.length),
    'x-amz-trailer': 'x-amz-checksum-sha256',
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    'PUT',
    `/chunked/${key}`,
    '',
    ...names.map((n) => `${n}:${headers[n]}`),
    '',
    names.join(';'),
    marker,
  ];
  const seed = sign('AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical.join('\n')));
  const chunk = (previous: string, text: string) =>
    sign('AWS4-HMAC-SHA256-PAYLOAD', timestamp, scope, previous, sha256(''), sha256(text));
  const first = chunk(seed, data);
  const last = chunk(first, '');
  const checksum = createHash('sha256').update(data).digest('base64');
  const trailer = sign(
    'AWS4-HMAC-SHA256-TRAILER',
    timestamp,
    scope,
    last,
    sha256(`x-amz-checksum-sha256:${checksum}\n`),
  );
  const body = [
    `${data.length.toString(16)};chunk-signature=${first}\r\n${spoil.data ?? data}\r\n`,
    `0;chunk-signature=${last}\r\n`,
    `x-amz-checksum-sha256:${checksum}\r\nx-amz-trailer-signature:${spoil.trailer ?? trailer}\r\n\r\n`,
  ].join('');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${cloud.credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${seed}`;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: cloud.port,
        method: 'PUT',
        path: `/chunked/${key}`,
        headers: { ...headers, 'content-length': body.length },
      },
      (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => {
          text += part.toString();
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const stored = async (Key: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'chunked', Key }));
  return Body?.transformToString();
};

describe('an upload in signed chunks', () => {
  it('is stored when chunks and trailer are signed as they should be', async () => {
    expect(await upload('good', 'one chunk of text')).toMatchObject({ status: 200 });
    expect(await stored('good')).toBe('one chunk of text');
  });
  it('is refused, and nothing stored, when a chunk was changed', async () => {
    const answer = await upload('changed', 'one chunk of text', { data: 'one chunk of TEXT' });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('SignatureDoesNotMatch') });
    await expect(stored('changed')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
  it('is refused, and nothing stored, when the trailer is not signed by the same key', async () => {
    const answer = await upload('trailer', 'one chunk of text', { trailer: 'a'.repeat(64) });
    expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('SignatureDoesNotMatch') });
    await expect(stored('trailer')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
