/** Clients that stall, and what goes wrong after the headers. */
import { connect, type Socket } from 'node:net';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Draft, send, signHeaders, signQuery } from './signing.ts';

let cloud: TestCloud;
let host: string;
let s3: S3Client;
const errors: unknown[] = [];
beforeAll(async () => {
  cloud = await testCloud({
    connections: { headMs: 400, stalledMs: 400, leastBytes: 16, connections: 1000 },
    host: { notify: (event) => void (event.name === 'slipway.failed' && errors.push(event.data)) },
  });
  host = `127.0.0.1:${cloud.port}`;
  s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'held' }));
  await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'large', Body: Buffer.alloc(32 * 1024 * 1024) }));
  await s3.send(new PutObjectCommand({ Bucket: 'held', Key: 'k', Body: 'x' }));
});
afterAll(() => cloud.dispose());

/** Opens connections that all say the same, and resolves when the server has closed every one. */
const allClosed = (count: number, text: string, reads = true) =>
  Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<void>((resolve) => {
          const socket: Socket = connect(cloud.port, '127.0.0.1', () => socket.write(text));
          socket.on('error', () => undefined);
          socket.on('close', () => resolve());
          if (reads) socket.resume();
        }),
    ),
  );

describe('a connection is closed', () => {
  it('when its client says nothing', () => allClosed(50, ''));
  it('when the head of a request does not end', () => allClosed(50, 'GET / HTTP/1.1\r\nHost: a\r\nX: '));
  it('when a body stops coming', async () => {
    const draft: Draft = { method: 'PUT', path: '/held/stalled', service: 's3', body: 'x'.repeat(100) };
    const { headers } = signHeaders(draft, host, cloud.credentials);
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    await allClosed(20, `PUT /held/stalled HTTP/1.1\r\n${head.join('')}content-length: 100\r\n\r\nabc`);
    const target = ['x-amz-target: AmazonSQS.ListQueues\r\n', 'content-length: 100\r\n'];
    await allClosed(20, `POST / HTTP/1.1\r\nhost: ${host}\r\n${target.join('')}\r\n{`);
  });
  it('when nobody reads its answer', async () => {
    const { path } = signQuery(
      { method: 'GET', path: '/held/large', service: 's3' },
      host,
      cloud.credentials,
    );
    const socket = connect(cloud.port, '127.0.0.1');
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    // What the server has closed is seen by whoever writes to it, for nothing is read here.
    await new Promise<void>((resolve) => {
      const knocking = setInterval(() => socket.write('x'), 50);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(knocking);
        resolve();
      });
    });
  });
  it('and the cloud answers others as before', async () => {
    expect(errors).toEqual([]);
    expect((await fetch(`${cloud.endpoint}/_slipway/health`)).status).toBe(200);
  });
});

it('a long poll waits longer than any stalled client', async () => {
  const sqs = new SQSClient(cloud.client());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'waits' }));
  const answer = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }));
  expect(answer.$metadata.httpStatusCode).toBe(200);
});

describe('a header that HTTP cannot carry', () => {
  it.each(['\ufffd', 'a\r\nx-injected: 1', '文', '\u0000', '\u007f'])(
    'is refused by S3: %j',
    async (value) => {
      const draft: Draft = {
        method: 'GET',
        path: '/held/k',
        query: [['response-content-type', value]],
        service: 's3',
      };
      const { path, headers } = signQuery(draft, host, cloud.credentials);
      expect(await send(cloud.port, { method: 'GET', path, headers })).toMatchObject({
        status: 400,
        body: expect.stringContaining('Header value cannot be represented using ISO-8859-1.'),
      });
    },
  );
  it('is answered with an error when it is in what was stored', async () => {
    await cloud.invoke('s3', 'PutObject', { Bucket: 'held', Key: 'odd', ContentType: '文', Body: 'x' });
    const { path, headers } = signQuery(
      { method: 'GET', path: '/held/odd', service: 's3' },
      host,
      cloud.credentials,
    );
    const answer = await send(cloud.port, { method: 'GET', path, headers });
    expect(answer).toMatchObject({
      status: 500,
      body: expect.stringContaining('<Code>InternalError</Code>'),
    });
    expect(answer.headers['x-amz-request-id']).toBeTruthy();
    expect(errors).toHaveLength(1);
  });
});
