import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let s3: S3Client;
const Bucket = 'parts';
const fiveMB = 5 * 1024 * 1024;
const big = randomBytes(fiveMB);
beforeAll(async () => {
  cloud = await testCloud();
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(() => cloud.dispose());

const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: Error) => error.name,
  );
const begin = async (Key: string, options: object = {}) =>
  (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...options }))).UploadId;
const part = async (Key: string, UploadId: string | undefined, PartNumber: number, Body: Uint8Array) => {
  const { ETag, ChecksumCRC32 } = await s3.send(
    new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
  );
  return { PartNumber, ETag, ChecksumCRC32 };
};
const complete = (Key: string, UploadId: string | undefined, Parts: object[], more: object = {}) =>
  s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));
const read = async (Key: string, more: object = {}) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('a multipart upload', () => {
  it('becomes one object, with the ETag of its parts', async () => {
    const id = await begin('whole', { ContentType: 'text/x', Metadata: { a: 'b' } });
    const tail = Buffer.from('tail');
    const parts = [await part('whole', id, 1, big), await part('whole', id, 3, tail)];
    const listed = await s3.send(new ListPartsCommand({ Bucket, Key: 'whole', UploadId: id }));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, fiveMB],
      [3, 4],
    ]);
    expect(await failure(s3.send(new HeadObjectCommand({ Bucket, Key: 'whole' })))).toBe('NotFound');
    const { ETag } = await complete('whole', id, parts);
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
    const expected = createHash('md5').update(md5(big)).update(md5(tail)).digest('hex');
    expect(ETag).toBe(`"${expected}-2"`);
    expect((await read('whole')).equals(Buffer.concat([big, tail]))).toBe(true);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole', PartNumber: 3 }));
    expect(head).toMatchObject({
      PartsCount: 2,
      ContentLength: 4,
      Metadata: { a: 'b' },
      ContentType: 'text/x',
    });
  });

  it('of lib-storage goes through, and reads across its parts', async () => {
    const body = Buffer.concat([big, big, Buffer.from('end')]);
    await new Upload({ client: s3, params: { Bucket, Key: 'lib', Body: body }, partSize: fiveMB }).done();
    const middle = await read('lib', { Range: `bytes=${fiveMB - 10}-${2 * fiveMB + 2}` });
    expect(middle.equals(body.subarray(fiveMB - 10, 2 * fiveMB + 3))).toBe(true);
  });

  it('gets the checksum of the whole object from those of its parts', async () => {
    const id = await begin('crc', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    const tail = Buffer.from('tail');
    const parts = [await part('crc', id, 1, big), await part('crc', id, 2, tail)];
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(tail, crc32(big)));
    const done = await complete('crc', id, parts);
    expect(done).toMatchObject({ ChecksumCRC32: sum.toString('base64'), ChecksumType: 'FULL_OBJECT' });
  });

  it('is refused when its list of parts is wrong', async () => {
    const id = await begin('wrong');
    const [one, two] = [
      await part('wrong', id, 1, Buffer.from('s')),
      await part('wrong', id, 2, Buffer.from('t')),
    ];
    expect(await failure(complete('wrong', id, [two, one]))).toBe('InvalidPartOrder');
    expect(await failure(complete('wrong', id, [one, two]))).toBe('EntityTooSmall');
    expect(await failure(complete('wrong', id, [{ ...one, ETag: '"0"' }]))).toBe('InvalidPart');
    expect(await failure(complete('wrong', id, [{ ...one, PartNumber: 7 }]))).toBe('InvalidPart');
    expect(await failure(part('wrong', 'nonsense', 1, Buffer.from('x')))).toBe('NoSuchUpload');
    expect(await failure(part('wrong', id, 10_001, Buffer.from('x')))).toBe('InvalidArgument');
    expect(await failure(complete('wrong', id, [one], { IfNoneMatch: '*' }))).toBe('no error');
    expect((await read('wrong')).toString()).toBe('s');
  });

  it('is listed while it lasts, and leaves nothing when aborted', async () => {
    const ids = [await begin('list/a'), await begin('list/b'), await begin('list/b')];
    const list = (more: object = {}) =>
      s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'list/', ...more }));
    expect((await list()).Uploads?.map((upload) => upload.UploadId)).toEqual(ids);
    const first = await list({ MaxUploads: 2 });
    const second = await list({ KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker });
    expect(second.Uploads?.map((upload) => upload.UploadId)).toEqual(ids.slice(2));
    for (const [i, UploadId] of ids.entries())
      await s3.send(
        new AbortMultipartUploadCommand({ Bucket, Key: i === 0 ? 'list/a' : 'list/b', UploadId }),
      );
    expect((await list()).Uploads).toBeUndefined();
  });

  it('takes ranges of other objects as its parts', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: big }));
    const id = await begin('copied');
    const copy = async (PartNumber: number, CopySourceRange?: string) => {
      const { CopyPartResult: done } = await s3.send(
        new UploadPartCopyCommand({
          Bucket,
          Key: 'copied',
          UploadId: id,
          PartNumber,
          CopySource: `${Bucket}/source`,
          CopySourceRange,
        }),
      );
      return { PartNumber, ETag: done?.ETag, ChecksumCRC32: done?.ChecksumCRC32 };
    };
    const parts = [await copy(1), await copy(2, 'bytes=10-19')];
    expect(await failure(copy(3, `bytes=0-${fiveMB}`))).toBe('InvalidArgument');
    await complete('copied', id, parts);
    expect((await read('copied')).equals(Buffer.concat([big, big.subarray(10, 20)]))).toBe(true);
  });
});
