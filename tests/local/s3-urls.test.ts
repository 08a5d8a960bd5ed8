/** Presigned URLs whose query says what the request has to be, version 2 signatures, and query parameters. */
import { createHmac } from 'node:crypto';
import { readdirSync, truncateSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'urls';
const failures: string[] = [];
beforeAll(async () => {
  cloud = await testCloud({
    host: {
      notify(event) {
        if (event.name === 'slipway.failed') failures.push(JSON.stringify(event.data));
      },
    },
  });
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => cloud.dispose());

const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
async function answerOf(response: Response) {
  const text = await response.text();
  const element = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1];
  return [
    response.status,
    element('Code'),
    element('Message'),
    element('ArgumentName'),
    element('ArgumentValue'),
  ];
}

describe('a presigned URL', () => {
  it('holds for the headers that its query carries', async () => {
    const command = new PutObjectCommand({
      Bucket,
      Key: 'hoisted',
      Metadata: { made: 'here' },
      Tagging: 'a=b',
      StorageClass: 'STANDARD_IA',
    });
    const url = await getSignedUrl(s3, command);
    expect(url).toContain('x-amz-meta-made=here');
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(200);
    expect(await head('hoisted')).toMatchObject({ Metadata: { made: 'here' }, StorageClass: 'STANDARD_IA' });
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'hoisted' }))).TagSet).toEqual([
      { Key: 'a', Value: 'b' },
    ]);
    const changed = url.replace('made=here', 'made=there');
    expect((await answerOf(await fetch(changed, { method: 'PUT', body: 'x' })))[1]).toBe(
      'SignatureDoesNotMatch',
    );
  });
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html */
function signV2(method: string, date: string, resource: string, amz = '', type = ''): string {
  const text = `${method}\n\n${type}\n${date}\n${amz}${resource}`;
  return createHmac('sha1', cloud.credentials.secretAccessKey).update(text).digest('base64');
}

describe('a signature of version 2', () => {
  const url = (key: string, signature: string, expires: number | string, more = '') =>
    `${cloud.endpoint}/${Bucket}/${key}?AWSAccessKeyId=${cloud.credentials.accessKeyId}&Signature=${encodeURIComponent(signature)}&Expires=${expires}${more}`;
  const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

  it('in a URL holds for its method, path, headers and expiry', async () => {
    const end = inAnHour();
    const put = url(
      'v2',
      signV2('PUT', `${end}`, `/${Bucket}/v2`, 'x-amz-meta-a:b\n', 'text/plain'),
      end,
      '&x-amz-meta-a=b&content-type=text%2Fplain',
    );
    expect((await fetch(put, { method: 'PUT', body: Buffer.from('deep') })).status).toBe(200);
    expect(await head('v2')).toMatchObject({ Metadata: { a: 'b' }, ContentType: 'text/plain' });
    const get = url(
      'v2',
      signV2('GET', `${end}`, `/${Bucket}/v2?response-content-type=text/css`),
      end,
      '&response-content-type=text%2Fcss',
    );
    const got = await fetch(get);
    expect([got.headers.get('content-type'), await got.text()]).toEqual(['text/css', 'deep']);
    expect((await answerOf(await fetch(get.replace('/v2?', '/other?'))))[1]).toBe('SignatureDoesNotMatch');
    const added = await fetch(get, { headers: { 'x-amz-meta-more': '1' } });
    expect((await answerOf(added))[1]).toBe('SignatureDoesNotMatch');
    const list = `${cloud.endpoint}/${Bucket}?list-type=2&AWSAccessKeyId=${cloud.credentials.accessKeyId}&Signature=${encodeURIComponent(signV2('GET', `${end}`, `/${Bucket}/`))}&Expires=${end}`;
    expect((await fetch(list)).status).toBe(200);
    const late = Math.floor(Date.now() / 1000) - 1;
    const expired = await fetch(url('v2', signV2('GET', `${late}`, `/${Bucket}/v2`), late));
    expect((await answerOf(expired)).slice(0, 3)).toEqual([403, 'AccessDenied', 'Request has expired']);
  });
});

describe('a query parameter', () => {
  it.each([
    ['max-keys', '/?list-type=2&', 'Provided max-keys not an integer or within integer range'],
    ['max-uploads', '/?uploads&', 'Provided max-uploads not an integer or within integer range'],
    ['max-buckets', '', 'Provided max-buckets not an integer or within integer range'],
    ['partNumber', '/a?', 'Part number must be an integer between 1 and 10000, inclusive'],
  ])('%s that is no number is refused', async (name, path, message) => {
    const command = new ListObjectsV2Command({ Bucket });
    // Only the SDK's own parameters can be presigned: the query is put there while it signs.
    command.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { path: string; query: Record<string, string> };
        request.path = path === '' ? '/' : `/${Bucket}${path.replace(/\?.*/, '')}`;
        request.query = Object.fromEntries(
          new URLSearchParams(`${path.replace(/^[^?]*\??/, '')}${name}=blah`),
        );
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );
    const response = await fetch(await getSignedUrl(s3, command));
    expect(await answerOf(response)).toEqual([400, 'InvalidArgument', message, name, 'blah']);
  });
});

describe('an object whose file was harmed from outside', () => {
  it.each([
    ['cut', 100_000, (path: string) => truncateSync(path, 50_000)],
    ['cut late', 3_000_000, (path: string) => truncateSync(path, 2_000_000)],
    ['deleted', 3_000_000, (path: string) => unlinkSync(path)],
  ])('(%s) is answered 500 with a line in the log', async (Key, size, harm) => {
    const before = new Set(bodies());
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(size) }));
    const [path = ''] = bodies().filter((one) => !before.has(one));
    harm(path);
    failures.length = 0;
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key }));
    expect((await answerOf(await fetch(url))).slice(0, 2)).toEqual([500, 'InternalError']);
    expect(failures.join()).toContain(path);
    expect((await head(Key)).ContentLength).toBe(size);
  });

  const bodies = () =>
    readdirSync(join(cloud.stateDirectory, 'objects'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
});
