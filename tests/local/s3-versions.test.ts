import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
});
afterAll(() => cloud.dispose());

const bucket = async (Bucket: string, Status?: 'Enabled') => {
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (Status) await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  return Bucket;
};
const put = async (Bucket: string, Key: string, Body: string) =>
  (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
const get = async (Bucket: string, Key: string, VersionId?: string) =>
  (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body?.transformToString();
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      name: error.name,
      status: error.$metadata?.httpStatusCode,
    }),
  );

describe('a versioned bucket', () => {
  it('keeps what was overwritten and deleted, and brings it back', async () => {
    const Bucket = await bucket('versioned', 'Enabled');
    const first = await put(Bucket, 'k', '1');
    const second = await put(Bucket, 'k', '2');
    expect(first).not.toBe(second);
    const { DeleteMarker, VersionId: marker } = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(DeleteMarker).toBe(true);
    expect(await failure(get(Bucket, 'k'))).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await failure(get(Bucket, 'k', marker))).toEqual({ name: 'MethodNotAllowed', status: 405 });
    expect(await get(Bucket, 'k', first)).toBe('1');
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker }));
    expect(await get(Bucket, 'k')).toBe('2');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: second }));
    expect(await get(Bucket, 'k')).toBe('1');
    expect(await failure(get(Bucket, 'k', second))).toEqual({ name: 'NoSuchVersion', status: 404 });
  });

  it('lists versions newest first, in pages of any size', async () => {
    const Bucket = await bucket('version-list', 'Enabled');
    const wanted: string[] = [];
    for (const key of ['a', 'b', 'd/1']) {
      const ids = [await put(Bucket, key, '1'), await put(Bucket, key, '2')];
      if (key === 'b') ids.push((await s3.send(new DeleteObjectCommand({ Bucket, Key: key }))).VersionId);
      wanted.push(...ids.reverse().map((id) => `${key} ${id}`));
    }
    for (const MaxKeys of [1, 2, 1000]) {
      const seen: string[] = [];
      let next: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
      while (next) {
        const page: ListObjectVersionsCommandOutput = await s3.send(
          new ListObjectVersionsCommand({ Bucket, MaxKeys, ...next }),
        );
        seen.push(
          ...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(
            (item) => `${item.Key} ${item.VersionId}`,
          ),
        );
        next = page.IsTruncated
          ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
          : undefined;
      }
      expect(seen.sort()).toEqual([...wanted].sort());
    }
    const folded = await s3.send(new ListObjectVersionsCommand({ Bucket, Delimiter: '/' }));
    expect(folded.CommonPrefixes?.map((one) => one.Prefix)).toEqual(['d/']);
    expect(folded.Versions?.map((one) => one.IsLatest)).toEqual([true, false, false, false]);
    expect(folded.DeleteMarkers?.map((one) => one.IsLatest)).toEqual([true]);
  });

  it('when suspended writes the null version and leaves the others', async () => {
    const Bucket = await bucket('suspended');
    await put(Bucket, 'k', 'before');
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const kept = await put(Bucket, 'k', 'versioned');
    expect(await get(Bucket, 'k', 'null')).toBe('before');
    await s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
    );
    await put(Bucket, 'k', 'after');
    expect(await get(Bucket, 'k', 'null')).toBe('after');
    expect(await get(Bucket, 'k', kept)).toBe('versioned');
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions?.map((one) => one.VersionId)).toEqual(['null', kept]);
    expect((await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))).VersionId).toBe('null');
    expect(await get(Bucket, 'k', kept)).toBe('versioned');
  });
});

describe('copies', () => {
  it('take headers and metadata along, or replace them', async () => {
    const Bucket = await bucket('copies');
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a b/ü',
        Body: 'text',
        ContentType: 'text/plain',
        Metadata: { one: '1' },
        Tagging: 'x=1&y=2',
      }),
    );
    const CopySource = `${Bucket}/${encodeURIComponent('a b/ü')}`;
    const { CopyObjectResult: result } = await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'same', CopySource }),
    );
    const same = await s3.send(new GetObjectCommand({ Bucket, Key: 'same' }));
    expect(same).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { one: '1' },
      TagCount: 2,
      ETag: result?.ETag,
    });
    await s3.send(
      new CopyObjectCommand({
        Bucket,
        Key: 'other',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: { two: '2' },
        TaggingDirective: 'REPLACE',
      }),
    );
    const other = await s3.send(new HeadObjectCommand({ Bucket, Key: 'other' }));
    expect(other.Metadata).toEqual({ two: '2' });
    expect(other.ContentType).toBe('binary/octet-stream');
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'other' }));
    expect(TagSet).toEqual([]);
  });

  it('survive their source, at any size', async () => {
    const Bucket = await bucket('outlive');
    const body = 'y'.repeat(50_000);
    await put(Bucket, 'from', body);
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'to', CopySource: `/${Bucket}/from` }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'from' }));
    expect(await get(Bucket, 'to')).toBe(body);
  });

  it('onto themselves must change something; conditions on the source hold', async () => {
    const Bucket = await bucket('selfish');
    await put(Bucket, 'k', '1');
    const CopySource = `${Bucket}/k`;
    expect(await failure(s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource })))).toEqual({
      name: 'InvalidRequest',
      status: 400,
    });
    expect(
      await failure(
        s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource, CopySourceIfMatch: '"other"' })),
      ),
    ).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(
      await failure(s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/none` }))),
    ).toEqual({ name: 'NoSuchKey', status: 404 });
  });
});

describe('tags and attributes', () => {
  it('of objects are set, read and deleted', async () => {
    const Bucket = await bucket('tagged');
    await put(Bucket, 'k', '12345');
    const TagSet = [{ Key: 'stage', Value: 'dev' }];
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual(TagSet);
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual([]);
    expect(
      await failure(
        s3.send(
          new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: [...TagSet, ...TagSet] } }),
        ),
      ),
    ).toMatchObject({ name: 'InvalidTag' });
    const attributes = await s3.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'k',
        ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum'],
      }),
    );
    expect(attributes).toMatchObject({ ObjectSize: 5, Checksum: { ChecksumType: 'FULL_OBJECT' } });
  });
});
