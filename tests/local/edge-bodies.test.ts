/** Bodies: what is read of whom, how much, how deep, and what is refused before it is read. */
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Draft, send, sha256, signHeaders, signingKeyOf } from './signing.ts';

let cloud: TestCloud;
let host: string;
let s3: S3Client;
beforeAll(async () => {
  cloud = await testCloud();
  host = `127.0.0.1:${cloud.port}`;
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'bodies' }));
});
afterAll(() => cloud.dispose());

const json = (target: string, body: string, service: string): Draft => ({
  method: 'POST',
  path: '/',
  service,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
  body,
});
const form = (body: string, service: string): Draft => ({
  method: 'POST',
  path: '/',
  service,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
});
const xml = (method: string, path: string, parameter: string, body: string): Draft => ({
  method,
  path,
  query: [[parameter, '']],
  service: 's3',
  body,
});

const shoot = (draft: Draft, more: Record<string, string> = {}) => {
  const { path, headers } = signHeaders(draft, host, cloud.credentials);
  return send(cloud.port, { method: draft.method, path, headers: { ...headers, ...more }, body: draft.body });
};

const times = (text: string, count: number) => text.repeat(count);
const attributes = Array.from({ length: 40 }, (_, i) => `a${i}="1"`).join(' ');

describe('a body that is deeper or wider than any call is refused', () => {
  const cases: readonly [string, Draft, number, string][] = [
    [
      'AWS JSON, 100,000 lists deep',
      json('AmazonSQS.ListQueues', `{"QueueNamePrefix":${times('[', 100_000)}`, 'sqs'),
      400,
      'SerializationException',
    ],
    [
      'AWS JSON, a map of DynamoDB that is 5,000 deep',
      json(
        'DynamoDB_20120810.PutItem',
        `{"TableName":"t","Item":{"k":${times('{"M":{"a":', 5000)}{"S":"x"}${times('}}', 5000)}}}`,
        'dynamodb',
      ),
      400,
      'ValidationException","message":"Nesting Levels have exceeded supported limits',
    ],
    [
      'AWS JSON, an item of DynamoDB with 300,000 names in a batch',
      json(
        'DynamoDB_20120810.BatchWriteItem',
        `{"RequestItems":{"t":[{"PutRequest":{"Item":{${Array.from({ length: 300_000 }, (_, i) => `"${i}":{"N":"1"}`).join()}}}}]}}`,
        'dynamodb',
      ),
      400,
      'ValidationException","message":"Item size has exceeded',
    ],
    [
      'AWS JSON, a list of 300,000 items',
      json('AmazonSQS.ListQueueTags', `{"QueueUrl":[${times('0,', 300_000)}0]}`, 'sqs'),
      400,
      'SerializationException',
    ],
    [
      'REST-JSON, 100,000 objects deep',
      {
        method: 'POST',
        path: '/2015-03-31/functions',
        service: 'lambda',
        body: `{"Environment":${times('{"a":', 100_000)}`,
      },
      400,
      'SerializationException',
    ],
    [
      'Query, a key of 500,000 parts',
      form(`Action=ListRoles&${times('a.', 500_000)}=1`, 'iam'),
      400,
      'MalformedInput',
    ],
    [
      'Query, 100,000 parameters',
      form(`Action=ListRoles${times('&a', 100_000)}`, 'iam'),
      400,
      'MalformedInput',
    ],
    [
      'XML, 100,000 elements deep',
      xml('PUT', '/bodies', 'versioning', times('<a>', 100_000)),
      400,
      'MalformedXML',
    ],
    ['XML, 40 attributes', xml('PUT', '/bodies', 'versioning', `<a ${attributes}/>`), 400, 'MalformedXML'],
    [
      'XML with entities of its own',
      xml('PUT', '/bodies', 'versioning', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
      400,
      'MalformedXML',
    ],
    [
      'a list index that is no number',
      form('Action=SetQueueAttributes&Version=2012-11-05&Attribute.1e9.Name=a', 'sqs'),
      400,
      'MalformedInput',
    ],
  ];
  it.each(cases)('%s', async (_, draft, status, code) => {
    const answer = await shoot(draft);
    expect(answer.body).toContain(code);
    expect(answer.status).toBe(status);
  });

  it('and a gap in the indexes of a list costs nothing', async () => {
    const body =
      'Action=CreateQueue&Version=2012-11-05&QueueName=gaps&Attribute.999999999.Name=DelaySeconds&Attribute.999999999.Value=7';
    expect(await shoot(form(body, 'sqs'))).toMatchObject({ status: 200 });
  });
});

describe('a body that is larger than the call takes', () => {
  const mib = 1024 * 1024;
  const cases: readonly [string, Draft, number, string][] = [
    [
      '1 MiB of AWS JSON',
      json('AmazonSSM.GetParameter', times(' ', mib + 1), 'ssm'),
      413,
      'RequestEntityTooLarge',
    ],
    [
      '8 MiB for a queue',
      json('AmazonSQS.SendMessage', times(' ', 8 * mib + 1), 'sqs'),
      413,
      'RequestEntityTooLarge',
    ],
    [
      '16 MiB for a table',
      json('DynamoDB_20120810.BatchWriteItem', times(' ', 16 * mib + 1), 'dynamodb'),
      413,
      'RequestEntityTooLarge',
    ],
    [
      '4 MiB for an item of 400 KB',
      json('DynamoDB_20120810.PutItem', times(' ', 4 * mib + 1), 'dynamodb'),
      400,
      'Item size has exceeded the maximum allowed size',
    ],
    ['1 MiB of Query', form(times('a', mib + 1), 'iam'), 413, 'RequestEntityTooLarge'],
    [
      '7 MiB for an invocation',
      {
        method: 'POST',
        path: '/2015-03-31/functions/f/invocations',
        service: 'lambda',
        body: times(' ', 7 * mib + 1),
      },
      413,
      'RequestEntityTooLarge',
    ],
    [
      '1 MiB of XML',
      xml('PUT', '/bodies', 'versioning', times(' ', mib + 1)),
      400,
      'MaxMessageLengthExceeded',
    ],
    [
      '2 MiB of keys',
      xml('POST', '/bodies', 'delete', times(' ', 2 * mib + 1)),
      400,
      'MaxMessageLengthExceeded',
    ],
  ];
  it.each(cases)('is refused: %s', async (_, draft, status, code) => {
    const answer = await shoot(draft);
    expect(answer.body).toContain(code);
    expect(answer.status).toBe(status);
  });

  it('is refused as well when its length is not stated', async () => {
    const draft = json('AmazonSSM.GetParameter', times(' ', mib + 1), 'ssm');
    expect(await shoot(draft, { 'transfer-encoding': 'chunked' })).toMatchObject({ status: 413 });
  });

  it('is refused unsigned as it is signed', async () => {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'bodies' }));
    await s3.send(
      new PutBucketPolicyCommand({
        Bucket: 'bodies',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::bodies/*' },
          ],
        }),
      }),
    );
    const answer = await send(cloud.port, {
      method: 'POST',
      path: '/bodies?delete',
      headers: { 'content-type': 'text/plain' },
      body: times(' ', 2 * mib + 1),
    });
    expect(answer.body).toContain('MaxMessageLengthExceeded');
  });

  it('is refused when it is small and unpacks to more', async () => {
    const draft: Draft = {
      ...json('GraniteServiceVersion20100801.PutMetricData', '', 'monitoring'),
      body: gzipSync(Buffer.alloc(64 * mib, 32)),
    };
    const headers = { ...draft.headers, 'content-encoding': 'gzip' };
    const answer = await shoot({ ...draft, headers });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('has more than 8388608 bytes when it is unpacked');
  });
});

describe('a client that asks before it sends (Expect: 100-continue)', () => {
  const expects = { expect: '100-continue' };
  const body = times('x', 100);
  const put: Draft = { method: 'PUT', path: '/bodies/expected', service: 's3', body };
  const length = { 'content-length': '100' };

  it('is told to go on when it may write', async () => {
    expect(await shoot(put, { ...expects, ...length })).toMatchObject({ status: 200, continued: true });
  });
  it('is told to go on with a call whose permission depends on the body', async () => {
    const draft = json('AmazonSQS.ListQueues', '{}', 'sqs');
    expect(await shoot(draft, { ...expects, 'content-length': '2' })).toMatchObject({
      status: 200,
      continued: true,
    });
  });
  it.each([
    ['is not signed', {}, 'AccessDenied'],
    ['is signed by nobody who is known', { authorization: 'unknown' }, 'InvalidAccessKeyId'],
    ['has a wrong signature', { 'x-amz-date': 'late' }, 'RequestTimeTooSkewed'],
  ])('is refused without being told to go on when it %s', async (_, spoilt, code) => {
    const date = 'x-amz-date' in spoilt ? new Date(Date.now() - 3_600_000) : new Date();
    const keys =
      'authorization' in spoilt ? { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } : cloud.credentials;
    const { path, headers } = signHeaders({ ...put, date }, host, keys);
    const sent = Object.keys(spoilt).length === 0 ? { host } : headers;
    const answer = await send(cloud.port, {
      method: 'PUT',
      path,
      headers: { ...sent, ...expects, ...length },
      body,
    });
    expect(answer).toMatchObject({ continued: false, body: expect.stringContaining(code) });
    expect(answer.headers.connection).toBe('close');
  });
  it('is refused without being told to go on when the bucket is not there', async () => {
    const answer = await shoot({ ...put, path: '/nowhere/k' }, { ...expects, ...length });
    expect(answer).toMatchObject({ continued: false, body: expect.stringContaining('NoSuchBucket') });
  });
});

describe('a body in the encoding aws-chunked', () => {
  const marker = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
  const unsigned = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
  function signedChunks(key: string, chunks: readonly Buffer[], after = '') {
    const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const draft: Draft = {
      method: 'PUT',
      path: `/bodies/${key}`,
      service: 's3',
      payload: marker,
      headers: { 'x-amz-decoded-content-length': String(size) },
    };
    const { path, headers, signature, scope, stamp } = signHeaders(draft, host, cloud.credentials);
    const signing = signingKeyOf(cloud.credentials, scope);
    let previous = signature;
    const parts = [...chunks, Buffer.alloc(0)].map((chunk) => {
      previous = createHmac('sha256', signing)
        .update(['AWS4-HMAC-SHA256-PAYLOAD', stamp, scope, previous, sha256(''), sha256(chunk)].join('\n'))
        .digest('hex');
      return Buffer.concat([
        Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`),
        chunk,
        Buffer.from('\r\n'),
      ]);
    });
    return send(cloud.port, {
      method: 'PUT',
      path,
      headers,
      body: Buffer.concat([...parts, Buffer.from(after)]),
    });
  }

  function unsignedChunks(key: string, body: string, trailer?: string) {
    const draft: Draft = {
      method: 'PUT',
      path: `/bodies/${key}`,
      service: 's3',
      payload: unsigned,
      headers: {
        'x-amz-decoded-content-length': '1',
        ...(trailer === undefined ? {} : { 'x-amz-trailer': trailer }),
      },
    };
    const { path, headers } = signHeaders(draft, host, cloud.credentials);
    return send(cloud.port, { method: 'PUT', path, headers, body });
  }

  const keys = async () => {
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'bodies', Prefix: 'chunked-' }),
    );
    return Contents.map(({ Key }) => Key);
  };

  it('is stored when it is one chunk of 16 MiB', async () => {
    const chunk = Buffer.alloc(16 * 1024 * 1024, 'a');
    expect(await signedChunks('large', [chunk])).toMatchObject({ status: 200 });
    const { ContentLength } = await s3.send(new GetObjectCommand({ Bucket: 'bodies', Key: 'large' }));
    expect(ContentLength).toBe(chunk.length);
  });

  it('is stored when it is many small chunks', async () => {
    const chunks = Array.from({ length: 1000 }, (_, i) => Buffer.from(`${i},`));
    expect(await signedChunks('small', chunks)).toMatchObject({ status: 200 });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bodies', Key: 'small' }));
    expect(await Body?.transformToString()).toBe(Buffer.concat(chunks).toString());
  });

  it('is refused, and nothing stored, when bytes follow its last chunk', async () => {
    for (const after of ['x', '\r\n', '5\r\nhello\r\n0\r\n\r\n', times('y', 100_000)])
      expect(await signedChunks('chunked-after', [Buffer.from('a')], after)).toMatchObject({
        status: 400,
        body: expect.stringContaining('IncompleteBody'),
      });
    expect(await keys()).toEqual([]);
  });

  it.each([
    ['a chunk is longer than its header says', '1\r\nab\r\n0\r\n\r\n', 'IncompleteBody'],
    ['a chunk is shorter than its header says', '5\r\na\r\n0\r\n\r\n', 'IncompleteBody'],
    ['it ends in a chunk', '5\r\na', 'IncompleteBody'],
    ['it has no last chunk', '1\r\na\r\n', 'IncompleteBody'],
    ['a size is no hexadecimal number', '0x1\r\na\r\n0\r\n\r\n', 'IncompleteBody'],
    ['a size has a sign', '-1\r\na\r\n0\r\n\r\n', 'IncompleteBody'],
    ['a line is endless', times('1', 100_000), 'IncompleteBody'],
    [
      'it has a trailer that was not announced',
      '1\r\na\r\n0\r\nx-amz-acl:public-read\r\n\r\n',
      'MalformedTrailer',
    ],
  ])('is refused, and nothing stored, when %s', async (_, body, code) => {
    expect(await unsignedChunks('chunked-bad', body)).toMatchObject({
      status: 400,
      body: expect.stringContaining(code),
    });
    expect(await keys()).toEqual([]);
  });

  it('is refused when an announced trailer is missing, or is no checksum', async () => {
    const body = '1\r\na\r\n0\r\n\r\n';
    for (const name of ['x-amz-checksum-crc32', 'x-amz-copy-source'])
      expect(await unsignedChunks('chunked-trailer', body, name)).toMatchObject({
        status: 400,
        body: expect.stringContaining('MalformedTrailerError'),
      });
  });

  it('is refused by a call that takes no stream', async () => {
    const draft: Draft = {
      ...xml('PUT', '/bodies', 'versioning', ''),
      payload: unsigned,
      headers: { 'x-amz-decoded-content-length': '0' },
    };
    expect(await shoot(draft)).toMatchObject({ status: 501, body: expect.stringContaining('aws-chunked') });
  });
});
