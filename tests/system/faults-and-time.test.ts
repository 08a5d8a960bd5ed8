/** `slipway fault` and `slipway time`, as a user types them, over a cloud that runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/api/local.ts';
import { slipwayIn } from './cli.ts';

let folder: string;
let cloud: LocalCloud;
let sqs: SQSClient;
const command = slipwayIn(() => folder);
const slipway = (...args: readonly string[]) => command(...args, '--state', 'state');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-faults-'));
  cloud = await startLocalCloud({ state: join(folder, 'state') });
  sqs = new SQSClient({ ...cloud.clientConfig, maxAttempts: 1 });
  for (const QueueName of ['orders', 'letters']) await sqs.send(new CreateQueueCommand({ QueueName }));
});
afterAll(async () => {
  sqs.destroy();
  await cloud.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => void (await slipway('fault', 'remove', '--all')));

const url = async (QueueName: string) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
const send = async (queue: string) =>
  sqs
    .send(new SendMessageCommand({ QueueUrl: await url(queue), MessageBody: 'one' }))
    .then(() => 'sent')
    .catch((error: Error) => error.name);

describe('slipway fault', () => {
  it('makes the calls on one resource fail, counts them, and ends', async () => {
    const added = await slipway(
      ...['fault', 'add', '--service', 'sqs', '--operation', 'SendMessage'],
      ...['--resource', 'orders', '--error', 'ThrottlingException'],
    );
    expect(added).toMatchObject({
      code: 0,
      stdout: 'fault-1  sqs:SendMessage on orders: all calls get 400 ThrottlingException\n',
      stderr: 'slipway fault remove fault-1 ends it\n',
    });
    expect([await send('orders'), await send('letters')]).toEqual(['ThrottlingException', 'sent']);
    expect((await slipway('fault', 'list')).stdout).toContain('hit 1 of 1 matching calls so far');
    expect((await slipway('status')).stdout).toContain('injected faults: 1;');
    expect((await slipway('fault', 'remove', 'fault-1')).stdout).toBe('removed fault-1\n');
    expect(await send('orders')).toBe('sent');
  });

  it('hits the same calls of a row when it has the same seed', async () => {
    const rows: string[][] = [];
    for (let round = 0; round < 2; round++) {
      const fault = ['--service', 'sqs', '--operation', 'SendMessage', '--error', 'ServiceUnavailable'];
      await slipway('fault', 'add', '--id', 'some', ...fault, '--rate', '50%', '--seed', '7');
      const row: string[] = [];
      for (let call = 0; call < 20; call++) row.push(await send('orders'));
      rows.push(row);
    }
    expect(rows[0]).toEqual(rows[1]);
    expect(new Set(rows[0])).toEqual(new Set(['sent', 'ServiceUnavailable']));
    const { faults } = JSON.parse((await slipway('fault', 'list', '--json')).stdout);
    expect(faults).toMatchObject([{ id: 'some', rate: 0.5, seed: 7, matched: 20, error: { status: 503 } }]);
  });

  it('delays calls', async () => {
    const calls = ['--service', 'sqs', '--operation', 'SendMessage', '--resource', 'arn:aws:sqs:*:orders'];
    await slipway('fault', 'add', ...calls, '--delay', '1h');
    const sent = send('orders');
    await expect.poll(async () => (await slipway('fault', 'list')).stdout).toContain('hit 1 of 1');
    await slipway('time', 'advance', '1h');
    await slipway('fault', 'remove', '--all');
    expect(await sent).toBe('sent');
  });

  it.each([
    [['add', '--service', 'sqss', '--error', 'X'], 1, 'did you mean sqs?'],
    [
      ['add', '--service', 'sqs', '--operation', 'SendMesage', '--error', 'X'],
      1,
      'did you mean SendMessage?',
    ],
    [['add', '--service', 'sqs'], 1, 'give an error, a delay, or both'],
    [['add', '--error', 'X', '--rate', '2'], 1, 'give a rate above 0, up to 1'],
    [['add', '--error', 'X', '--rate', 'often'], 2, '--rate takes a share'],
    [['add', '--delay', 'soon'], 2, '--delay takes numbers with ms, s, m, h or d'],
    [['add', '--message', 'x'], 2, 'there is no --error'],
    [['remove', 'fault-9'], 1, 'there is no fault fault-9'],
    [['remove'], 2, 'or --all'],
    [['drop'], 2, 'fault takes add, list, remove'],
  ])('refuses fault %j with exit code %i', async (args, code, text) => {
    const outcome = await slipway('fault', ...args);
    expect(outcome).toMatchObject({ code, stderr: expect.stringContaining(text) });
  });
});

describe('slipway time', () => {
  it('moves the time of the cloud forward, and what waits falls due', async () => {
    const QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'later' }))).QueueUrl;
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }));
    const receive = async () =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.length ?? 0;
    expect(await receive()).toBe(0);
    const before = JSON.parse((await slipway('time', '--json')).stdout);
    const after = JSON.parse((await slipway('time', 'advance', '1h30m', '--json')).stdout);
    expect(after.aheadSeconds - before.aheadSeconds).toBeCloseTo(5400, 0);
    expect(await receive()).toBe(1);
  });

  it.each([['advance'], ['advance', '-1h'], ['advance', '1x'], ['back', '1h']])(
    'refuses time %s %s as wrong usage',
    async (...args) => {
      expect((await slipway('time', ...args)).code).toBe(2);
    },
  );

  it('refuses more than a hundred years', async () => {
    expect(await slipway('time', 'advance', '40000d')).toMatchObject({ code: 1 });
  });
});
