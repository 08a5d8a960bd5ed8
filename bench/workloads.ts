/** The requests of `npm run bench -- requests`: what each needs first, and one of them on a connection. */
import { type Connection, type Credentials, drive, sign } from './raw-client.ts';

export interface Server {
  readonly name: string;
  readonly port: number;
  readonly keys: Credentials;
}

export interface Workload {
  readonly what: string;
  /** Requests of one measured round. */
  readonly count: number;
  one(connection: Connection, index: number): Promise<void>;
  /** Runs before each round, unmeasured. */
  before?(): Promise<void>;
}

export const connections = 16;

const json = (target: string, body: object) => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
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

/** Sends the same requests over and over. */
const repeated =
  (requests: readonly Buffer[]) =>
  async (connection: Connection, index: number): Promise<void> => {
    const bytes = requests[index % requests.length];
    if (bytes) await expectOk(connection, bytes);
  };

export async function sqs(server: Server): Promise<Workload[]> {
  const signed = signer(server, 'sqs');
  const { QueueUrl } = JSON.parse(
    (await once(server, signed(json('AmazonSQS.CreateQueue', { QueueName: 'bench' })))).toString(),
  ) as { QueueUrl: string };
  const send = signed(json('AmazonSQS.SendMessage', { QueueUrl, MessageBody: 'x'.repeat(256) }));
  const receive = signed(json('AmazonSQS.ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 }));
  const sent = repeated([send]);
  const pairs = 300;
  return [
    { what: 'SQS send', count: 1000, one: sent },
    {
      what: 'SQS receive + delete',
      count: pairs,
      before: async () => void (await drive(server.port, { connections, count: pairs + 50 }, sent)),
      async one(connection) {
        const { Messages } = JSON.parse((await expectOk(connection, receive)).toString()) as {
          Messages?: { ReceiptHandle: string }[];
        };
        const ReceiptHandle = Messages?.[0]?.ReceiptHandle;
        if (!ReceiptHandle) throw new Error('no message to receive');
        await expectOk(connection, signed(json('AmazonSQS.DeleteMessage', { QueueUrl, ReceiptHandle })));
      },
    },
  ];
}

export async function dynamodb(server: Server): Promise<Workload[]> {
  const signed = signer(server, 'dynamodb');
  const call = (name: string, body: object) => signed(json(`DynamoDB_20120810.${name}`, body));
  await once(
    server,
    call('CreateTable', {
      TableName: 'bench',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  // Dynalite answers before the table is ACTIVE.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const item = (i: number) => ({
    id: { S: `item-${i}` },
    text: { S: 'y'.repeat(300) },
    number: { N: String(i) },
  });
  const numbers = Array.from({ length: 500 }, (_, i) => i);
  const puts = numbers.map((i) => call('PutItem', { TableName: 'bench', Item: item(i) }));
  const gets = numbers.map((i) => call('GetItem', { TableName: 'bench', Key: { id: { S: `item-${i}` } } }));
  return [
    { what: 'DynamoDB put', count: 1000, one: repeated(puts) },
    { what: 'DynamoDB get', count: 1000, one: repeated(gets) },
  ];
}

export async function s3(server: Server): Promise<Workload[]> {
  const signed = signer(server, 's3');
  await once(server, signed({ method: 'PUT', path: '/bench-bucket', headers: {}, body: '' }));
  const put = (key: string, body: Buffer) =>
    signed({ method: 'PUT', path: `/bench-bucket/${key}`, headers: { 'content-type': 'text/plain' }, body });
  const get = (key: string) => signed({ method: 'GET', path: `/bench-bucket/${key}`, headers: {}, body: '' });
  const small = Buffer.alloc(4096, 'z');
  const numbers = Array.from({ length: 500 }, (_, i) => i);
  await once(server, put('large', Buffer.alloc(5 * 1024 * 1024, 'z')));
  return [
    { what: 'S3 put 4 KB', count: 1000, one: repeated(numbers.map((i) => put(`key-${i}`, small))) },
    { what: 'S3 get 4 KB', count: 1000, one: repeated(numbers.map((i) => get(`key-${i}`))) },
    { what: 'S3 get 5 MB', count: 40, one: repeated([get('large')]) },
  ];
}

/** The same bodies against the bare server of floor.mjs. */
export function floor(server: Server): Workload[] {
  const small = signer(server, 'sqs')(json('AmazonSQS.SendMessage', { MessageBody: 'x'.repeat(300) }));
  const large = signer(
    server,
    's3',
  )({ method: 'PUT', path: '/bench', headers: {}, body: Buffer.alloc(4096, 'z') });
  return [
    { what: 'floor', count: 1000, one: repeated([small]) },
    { what: 'floor, 4 KB', count: 1000, one: repeated([large]) },
  ];
}
