/**
 * A local cloud that is killed again and again while it is written to: what it acknowledged has to be there after each
 * restart. Messages of a queue, items, objects small and large, and messages that a topic delivers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { findRunning, type RunningCloud } from '../../src/cli/running.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');

interface KillsResult {
  readonly acknowledged: Readonly<Record<Kind, number>>;
  /** What was acknowledged and is not there, or not as it was. */
  readonly lost: readonly string[];
}

type Kind = 'message' | 'notification' | 'item' | 'object';

/** @param writesMs how long it is written to before each kill, at most */
export async function kill(options: {
  readonly kills: number;
  readonly writesMs: number;
  readonly progress?: (line: string) => void;
}): Promise<KillsResult> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-kills-'));
  const state = join(folder, 'state');
  const acknowledged = { message: 0, notification: 0, item: 0, object: 0 };
  const lost: string[] = [];
  let port = 0;
  let number = 0;
  try {
    for (let round = 0; round <= options.kills; round++) {
      const { child, cloud } = await start(state, port);
      port = cloud.port;
      const writer = await openWriter(cloud);
      if (round === 0) await writer.make();
      else lost.push(...(await writer.missing()));
      if (round === options.kills) {
        await end(child, 'SIGTERM');
        break;
      }
      let writing = true;
      const work = Array.from({ length: 8 }, async () => {
        while (writing) {
          const kind = kinds[number % kinds.length] ?? 'message';
          const name = `${kind}-${number++}`;
          try {
            await writer.write(kind, name);
          } catch {
            // Not acknowledged: it may be there or not.
            continue;
          }
          acknowledged[kind]++;
          pending.add(name);
        }
      });
      await new Promise((resolve) => setTimeout(resolve, (0.2 + 0.8 * Math.random()) * options.writesMs));
      await end(child, 'SIGKILL');
      writing = false;
      await Promise.all(work);
      writer.close();
      if ((round + 1) % 10 === 0)
        options.progress?.(`${round + 1} kills, ${JSON.stringify(acknowledged)}, ${lost.length} lost`);
    }
    return { acknowledged, lost };
  } finally {
    pending.clear();
    rmSync(folder, { recursive: true, force: true });
  }
}

const kinds: readonly Kind[] = ['message', 'item', 'notification', 'object'];
/** Names of what was acknowledged and not looked for yet. */
const pending = new Set<string>();

async function start(state: string, port: number): Promise<{ child: ChildProcess; cloud: RunningCloud }> {
  const child = spawn(process.execPath, [program, 'local', '--state', state, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the cloud ended at its start (${child.exitCode ?? child.signalCode}):\n${said}`);
    const cloud = await findRunning(state);
    if (cloud && cloud.pid === child.pid) return { child, cloud };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the cloud did not answer within 30 s:\n${said}`);
}

const end = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });

/** Every third one is larger than what is kept among the records. */
const bodyOf = (name: string): Buffer => {
  const seed = createHash('sha256').update(name).digest();
  return Number(name.split('-')[1]) % 3 === 0 ? Buffer.alloc(40_000, seed) : seed;
};

async function openWriter(cloud: RunningCloud) {
  const config = { ...cloud, maxAttempts: 1 };
  const [sqs, sns, dynamodb] = [new SQSClient(config), new SNSClient(config), new DynamoDBClient(config)];
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const queue = (name: string) => `${cloud.endpoint}/${cloud.accountId}/${name}`;
  const arn = (service: string, name: string) =>
    `arn:aws:${service}:${cloud.region}:${cloud.accountId}:${name}`;
  const [Bucket, TableName] = ['kills', 'kills'];

  /** Receives everything, deletes it, and answers the bodies. */
  async function drain(name: string): Promise<Set<string>> {
    const found = new Set<string>();
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue(name), MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return found;
      for (const { Body = '' } of Messages) found.add(Body);
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue(name), Entries }));
    }
  }

  async function isThere(name: string, messages: ReadonlySet<string>, notifications: ReadonlySet<string>) {
    switch (name.split('-')[0] as Kind) {
      case 'message':
        return messages.has(name);
      case 'notification':
        return notifications.has(name);
      case 'item': {
        const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key: { name: { S: name } } }));
        return Item?.body?.S === bodyOf(name).toString('base64');
      }
      case 'object': {
        const { Body } = await s3
          .send(new GetObjectCommand({ Bucket, Key: name }))
          .catch(() => ({ Body: undefined }));
        const bytes = await Body?.transformToByteArray().catch(() => undefined);
        return bytes !== undefined && bodyOf(name).equals(bytes);
      }
    }
  }

  return {
    async make() {
      await sqs.send(new CreateQueueCommand({ QueueName: 'messages' }));
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'sns.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: arn('sqs', 'notifications'),
          },
        ],
      });
      await sqs.send(new CreateQueueCommand({ QueueName: 'notifications', Attributes: { Policy } }));
      await sns.send(new CreateTopicCommand({ Name: 'kills' }));
      await sns.send(
        new SubscribeCommand({
          TopicArn: arn('sns', 'kills'),
          Protocol: 'sqs',
          Endpoint: arn('sqs', 'notifications'),
          Attributes: { RawMessageDelivery: 'true' },
        }),
      );
      await s3.send(new CreateBucketCommand({ Bucket }));
      await dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
        }),
      );
    },
    async write(kind: Kind, name: string): Promise<void> {
      const body = bodyOf(name);
      if (kind === 'message')
        await sqs.send(new SendMessageCommand({ QueueUrl: queue('messages'), MessageBody: name }));
      else if (kind === 'notification')
        await sns.send(new PublishCommand({ TopicArn: arn('sns', 'kills'), Message: name }));
      else if (kind === 'item')
        await dynamodb.send(
          new PutItemCommand({
            TableName,
            Item: { name: { S: name }, body: { S: body.toString('base64') } },
          }),
        );
      else await s3.send(new PutObjectCommand({ Bucket, Key: name, Body: body }));
    },
    /** Of what was acknowledged since the last look. */
    async missing(): Promise<string[]> {
      const [messages, notifications] = [await drain('messages'), await drain('notifications')];
      const gone: string[] = [];
      for (const name of pending) if (!(await isThere(name, messages, notifications))) gone.push(name);
      pending.clear();
      return gone;
    },
    close() {
      for (const client of [sqs, sns, dynamodb, s3]) client.destroy();
    },
  };
}
