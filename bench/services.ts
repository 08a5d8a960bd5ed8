/** SQS, DynamoDB and S3 in requests a second: Slipway with everything on, beside fauxqs and dynalite, one run. */
import { type Connection, type Credentials, drive, sign } from './raw-client.ts';

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly keys: Credentials;
}

const connections = 16;
const count = 4000;

const json = (target: string, version: '1.0' | '1.1', body: object) => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': target },
  body: JSON.stringify(body),
});

async function expectOk(connection: Connection, bytes: Buffer): Promise<Buffer> {
  const { status, body } = await connection.send(bytes);
  if (status >= 300) throw new Error(`status ${status}: ${body.toString().slice(0, 300)}`);
  return body;
}

async function once(server: Server, bytes: Buffer): Promise<Buffer> {
  let body: Buffer = Buffer.alloc(0);
  await drive(server.port, { connections: 1, count: 1 }, async (connection) => {
    body = await expectOk(connection, bytes);
  });
  return body;
}

const signer = (server: Server, service: string) => (request: Parameters<typeof sign>[0]) =>
  sign(request, { host: `127.0.0.1:${server.port}`, service }, server.keys);

export async function sqs(server: Server) {
  const signed = signer(server, 'sqs');
  const { QueueUrl } = JSON.parse(
    (await once(server, signed(json('AmazonSQS.CreateQueue', '1.0', { QueueName: 'bench' })))).toString(),
  ) as { QueueUrl: string };
  const send = signed(json('AmazonSQS.SendMessage', '1.0', { QueueUrl, MessageBody: 'x'.repeat(256) }));
  const receive = signed(json('AmazonSQS.ReceiveMessage', '1.0', { QueueUrl, MaxNumberOfMessages: 1 }));
  const warm = { connections, count: 500 };
  await drive(server.port, warm, async (connection) => void (await expectOk(connection, send)));
  const sendRate = await drive(
    server.port,
    { connections, count },
    async (connection) => void (await expectOk(connection, send)),
  );
  const receiveAndDelete = async (connection: Connection) => {
    const answer = JSON.parse((await expectOk(connection, receive)).toString()) as {
      Messages?: { ReceiptHandle: string }[];
    };
    const ReceiptHandle = answer.Messages?.[0]?.ReceiptHandle;
    if (!ReceiptHandle) throw new Error('no message to receive');
    await expectOk(connection, signed(json('AmazonSQS.DeleteMessage', '1.0', { QueueUrl, ReceiptHandle })));
  };
  await drive(server.port, warm, receiveAndDelete);
  const receiveRate = await drive(server.port, { connections, count: count / 2 }, receiveAndDelete);
  return { 'SQS send': sendRate, 'SQS receive + delete': receiveRate };
}

export async function dynamodb(server: Server) {
  const signed = signer(server, 'dynamodb');
  const call = (name: string, body: object) => signed(json(`DynamoDB_20120810.${name}`, '1.0', body));
  await once(
    server,
    call('CreateTable', {
      TableName: 'bench',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  // Both create at once; dynalite answers before the table is ACTIVE.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const item = (i: number) => ({
    id: { S: `item-${i % 1000}` },
    text: { S: 'y'.repeat(300) },
    number: { N: String(i) },
  });
  const puts = Array.from({ length: 1000 }, (_, i) => call('PutItem', { TableName: 'bench', Item: item(i) }));
  const gets = Array.from({ length: 1000 }, (_, i) =>
    call('GetItem', { TableName: 'bench', Key: { id: { S: `item-${i}` } } }),
  );
  const run = (requests: readonly Buffer[], total: number) =>
    drive(
      server.port,
      { connections, count: total },
      async (connection, i) => void (await expectOk(connection, requests[i % 1000] ?? Buffer.alloc(0))),
    );
  await run(puts, 1000);
  const put = await run(puts, count);
  await run(gets, 500);
  return { 'DynamoDB put': put, 'DynamoDB get': await run(gets, count) };
}

export async function s3(server: Server) {
  const signed = signer(server, 's3');
  await once(server, signed({ method: 'PUT', path: '/bench-bucket', headers: {}, body: '' }));
  const body = Buffer.alloc(4096, 'z');
  const puts = Array.from({ length: 1000 }, (_, i) =>
    signed({
      method: 'PUT',
      path: `/bench-bucket/key-${i}`,
      headers: { 'content-type': 'text/plain' },
      body,
    }),
  );
  const gets = Array.from({ length: 1000 }, (_, i) =>
    signed({ method: 'GET', path: `/bench-bucket/key-${i}`, headers: {}, body: '' }),
  );
  const run = (requests: readonly Buffer[], total: number) =>
    drive(
      server.port,
      { connections, count: total },
      async (connection, i) => void (await expectOk(connection, requests[i % 1000] ?? Buffer.alloc(0))),
    );
  await run(puts, 1000);
  const put = await run(puts, count);
  await run(gets, 500);
  return { 'S3 put 4 KB': put, 'S3 get 4 KB': await run(gets, count) };
}
