/** Work that kept everybody else waiting is told by its name; of timers see tests/core/clock.test.ts. */
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

const slow = vi.hoisted(() => 'takes its time');

/** Hashing this text takes a quarter of a second. */
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const hash = (...args: Parameters<typeof crypto.hash>) => {
    if (args[1] === slow) for (const until = performance.now() + 250; performance.now() < until; );
    return crypto.hash(...args);
  };
  return { ...crypto, hash };
});

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

it('tells the operation that kept others waiting', async () => {
  const sqs = new SQSClient(cloud.client());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: slow }));
  await vi.waitFor(() =>
    expect(cloud.events.newest(10, 'warning')).toMatchObject([
      { name: 'loop.blocked', data: { work: 'sqs:SendMessage', ms: expect.any(Number) } },
    ]),
  );
});
