import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'plans';
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => cloud.dispose());

const put = (Key: string, Body: string | Uint8Array = 'x') =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      name: error.name,
      status: error.$metadata?.httpStatusCode,
    }),
  );

describe('buckets', () => {
  it('are made, found, listed and deleted', async () => {
    await s3.send(new CreateBucketCommand({ Bucket: 'passing' }));
    expect(await s3.send(new HeadBucketCommand({ Bucket: 'passing' }))).toMatchObject({
      BucketRegion: 'us-east-1',
    });
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map((bucket) => bucket.Name)).toEqual(['passing', Bucket]);
    await s3.send(new DeleteBucketCommand({ Bucket: 'passing' }));
    expect(await failure(s3.send(new HeadBucketCommand({ Bucket: 'passing' })))).toEqual({
      name: 'NotFound',
      status: 404,
    });
  });

  it('can be made again by their owner in us-east-1, and keep their objects', async () => {
    await put('kept');
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).ContentLength).toBe(1);
  });

  it('are refused under names that S3 does not take', async () => {
    for (const name of ['Upper', 'ab', 'a..b', '192.168.5.4', 'end-'])
      expect(await failure(s3.send(new CreateBucketCommand({ Bucket: name })))).toMatchObject({
        name: 'InvalidBucketName',
      });
  });

  it('are not deleted while they hold something', async () => {
    expect(await failure(s3.send(new DeleteBucketCommand({ Bucket })))).toEqual({
      name: 'BucketNotEmpty',
      status: 409,
    });
  });
});

describe('objects', () => {
  it('come back as they were put, with headers and metadata', async () => {
    const written = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'dir/ä b+c.json',
        Body: '{"walls":[]}',
        ContentType: 'application/json',
        CacheControl: 'max-age=5',
        ContentDisposition: 'inline',
        ContentLanguage: 'de',
        Metadata: { Owner: 'me' },
      }),
    );
    expect(written.ETag).toBe(`"${createHash('md5').update('{"walls":[]}').digest('hex')}"`);
    const read = await s3.send(new GetObjectCommand({ Bucket, Key: 'dir/ä b+c.json' }));
    expect(await read.Body?.transformToString()).toBe('{"walls":[]}');
    expect(read).toMatchObject({
      ETag: written.ETag,
      ContentLength: 12,
      ContentType: 'application/json',
      CacheControl: 'max-age=5',
      ContentDisposition: 'inline',
      ContentLanguage: 'de',
      Metadata: { owner: 'me' },
      AcceptRanges: 'bytes',
      ServerSideEncryption: 'AES256',
    });
  });

  it('of every size come back byte for byte, put as bytes or as a stream', async () => {
    for (const size of [0, 1, 16_384, 16_385, 300_000, 2_000_000]) {
      const body = Buffer.alloc(size, Buffer.from('0123456789abcdef!'));
      await put('sized', body);
      const whole = await s3.send(new GetObjectCommand({ Bucket, Key: 'sized' }));
      expect(body.equals((await whole.Body?.transformToByteArray()) ?? Buffer.from('none'))).toBe(true);
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: 'streamed',
          Body: Readable.from(size ? [body.subarray(0, size / 2), body.subarray(size / 2)] : []),
          ContentLength: size,
        }),
      );
      const streamed = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed' }));
      expect(streamed.ETag).toBe(whole.ETag);
      expect(body.equals((await streamed.Body?.transformToByteArray()) ?? Buffer.from('none'))).toBe(true);
    }
  });

  it('are deleted one by one and many at once, also when they are not there', async () => {
    await put('gone');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    expect(await failure(s3.send(new GetObjectCommand({ Bucket, Key: 'gone' })))).toEqual({
      name: 'NoSuchKey',
      status: 404,
    });
    await put('one');
    await put('two');
    const { Deleted, Errors } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'one' }, { Key: 'never' }] } }),
    );
    expect(Deleted?.map((item) => item.Key)).toEqual(['one', 'never']);
    expect(Errors).toBeUndefined();
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'one' })))).toMatchObject({
      status: 404,
    });
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'two' }))).ContentLength).toBe(1);
  });

  it('are refused under keys longer than 1024 bytes', async () => {
    expect(await failure(put('ä'.repeat(513)))).toMatchObject({ name: 'KeyTooLongError' });
    await put('ä'.repeat(512));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'ä'.repeat(512) }));
  });
});

describe('listing', () => {
  const List = 'listing';
  const keys = ['a', 'a/1', 'a/2', 'a/b/3', 'b/1', 'c', 'd e', 'é'];
  beforeAll(async () => {
    await s3.send(new CreateBucketCommand({ Bucket: List }));
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: List, Key, Body: Key }));
  });

  it('gives keys in the order of their bytes', async () => {
    const { Contents, KeyCount, IsTruncated } = await s3.send(new ListObjectsV2Command({ Bucket: List }));
    expect(Contents?.map((item) => item.Key)).toEqual(keys);
    expect({ KeyCount, IsTruncated }).toEqual({ KeyCount: 8, IsTruncated: false });
  });

  it('folds keys under a delimiter into common prefixes', async () => {
    const top = await s3.send(new ListObjectsV2Command({ Bucket: List, Delimiter: '/' }));
    expect(top.CommonPrefixes?.map((item) => item.Prefix)).toEqual(['a/', 'b/']);
    expect(top.Contents?.map((item) => item.Key)).toEqual(['a', 'c', 'd e', 'é']);
    const under = await s3.send(new ListObjectsV2Command({ Bucket: List, Delimiter: '/', Prefix: 'a/' }));
    expect(under.CommonPrefixes?.map((item) => item.Prefix)).toEqual(['a/b/']);
    expect(under.Contents?.map((item) => item.Key)).toEqual(['a/1', 'a/2']);
  });

  it('comes in pages of any size, each key and prefix once', async () => {
    for (const MaxKeys of [1, 2, 3]) {
      const seen: (string | undefined)[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await s3.send(
          new ListObjectsV2Command({ Bucket: List, Delimiter: '/', MaxKeys, ContinuationToken }),
        );
        expect(page.KeyCount).toBeLessThanOrEqual(MaxKeys);
        seen.push(
          ...(page.Contents ?? []).map((item) => item.Key),
          ...(page.CommonPrefixes ?? []).map((item) => item.Prefix),
        );
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken);
      expect(seen.sort()).toEqual(['a', 'a/', 'b/', 'c', 'd e', 'é'].sort());
    }
  });

  it('starts after a key, encodes keys and names the owner when asked', async () => {
    const { Contents } = await s3.send(
      new ListObjectsV2Command({ Bucket: List, StartAfter: 'c', EncodingType: 'url', FetchOwner: true }),
    );
    expect(Contents?.map((item) => item.Key)).toEqual(['d+e', '%C3%A9']);
    expect(Contents?.[0]?.Owner).toEqual({ ID: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('of version 1 pages by marker', async () => {
    const first = await s3.send(new ListObjectsCommand({ Bucket: List, Delimiter: '/', MaxKeys: 2 }));
    expect(first.NextMarker).toBe('a/');
    const second = await s3.send(
      new ListObjectsCommand({ Bucket: List, Delimiter: '/', Marker: first.NextMarker }),
    );
    expect(second.CommonPrefixes?.map((item) => item.Prefix)).toEqual(['b/']);
    expect(second.Contents?.map((item) => item.Key)).toEqual(['c', 'd e', 'é']);
  });
});
