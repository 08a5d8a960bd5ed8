import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClock } from '../../src/core/clock.ts';
import { createEventLog, type EventPage } from '../../src/local/event-log.ts';
import { openStore } from '../../src/local/store/store.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { functionRole, functionsOf } from './lambda-support.ts';

let stateDirectory: string;
let cloud: TestCloud;
let stranger: { accessKeyId: string; secretAccessKey: string };
beforeAll(async () => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'slipway-events-'));
  cloud = await testCloud({ stateDirectory });
  const iam = new IAMClient(cloud.client());
  await iam.send(new CreateUserCommand({ UserName: 'stranger' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'stranger' }));
  stranger = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  };
});
afterAll(() => cloud.dispose());

/** What the control interface answers. */
async function read(query: string, directory = stateDirectory): Promise<EventPage> {
  const { endpoint, token } = JSON.parse(readFileSync(join(directory, 'runtime.json'), 'utf8'));
  const answer = await fetch(`${endpoint}/_slipway/events?${query}`, {
    headers: { 'x-slipway-token': token },
  });
  return (await answer.json()) as EventPage;
}

const deniedCall = (QueueName: string) =>
  expect(new SQSClient(cloud.client(stranger)).send(new CreateQueueCommand({ QueueName }))).rejects.toThrow(
    'not authorized',
  );

const queues = (page: EventPage) =>
  page.events.map(({ data }) => ('resource' in data ? data.resource.split(':').at(-1) : undefined));

describe('the events of a cloud', () => {
  it('are read on from a number, over a restart, without gap or repetition', async () => {
    for (const name of ['a', 'b', 'c']) await deniedCall(name);
    await cloud.events.wait(2, 5000);
    const first = await read('least=warning&limit=2');
    expect(queues(first)).toEqual(['a', 'b']);
    await cloud.close();
    cloud = await testCloud({ stateDirectory });
    await deniedCall('d');
    const waited = await read(`after=${first.last + 1}&minSeverity=warning&wait=5000`);
    expect(queues(waited)).toEqual(['d']);
    expect(queues(await read(`after=${first.last}&minSeverity=warning`))).toEqual(['c', 'd']);
    expect(waited.events[0]).toMatchObject({
      number: first.last + 2,
      name: 'access.denied',
      data: { principal: expect.stringMatching(/user\/stranger$/), action: 'sqs:CreateQueue' },
    });
  });

  it('are followed: those that are kept first, then each as it happens', async () => {
    const after = cloud.events.last();
    await deniedCall('kept');
    const seen: unknown[] = [];
    const stop = new AbortController();
    for await (const event of cloud.events.follow({ after }, stop.signal)) {
      seen.push('resource' in event.data ? event.data.resource.split(':').at(-1) : event.name);
      if (seen.length === 1) await deniedCall('live');
      else stop.abort();
    }
    expect(seen).toEqual(['kept', 'live']);
  });

  it('count what is repeated in one moment', async () => {
    const after = cloud.events.last();
    await Promise.all(Array.from({ length: 20 }, () => deniedCall('again')));
    let events: EventPage['events'] = [];
    while (events.reduce((sum, { times }) => sum + times, 0) < 20) {
      await cloud.events.wait(after + events.length, 5000);
      ({ events } = cloud.events.read({ after }));
    }
    expect(events.reduce((sum, { times }) => sum + times, 0)).toBe(20);
    expect(events.length).toBeLessThan(20);
  });

  it('say which log lines are lost, and how many more a minute later', async () => {
    const after = cloud.events.last();
    const functions = functionsOf(cloud, await functionRole(cloud, 'silent', []));
    await functions.create('talks', {
      'index.js': 'exports.handler = async () => { console.log("one"); console.log("two"); };',
    });
    await functions.call('talks');
    const lost = async (count: number) => {
      const found = [];
      const stop = new AbortController();
      for await (const { name, data } of cloud.events.follow(
        { after, minSeverity: 'warning' },
        stop.signal,
      )) {
        if (name === 'logs.lost') found.push(data);
        if (found.length === count) stop.abort();
      }
      return found;
    };
    expect((await lost(1))[0]).toMatchObject({
      source: 'function talks',
      logGroup: '/aws/lambda/talks',
      reason: expect.stringContaining('logs:CreateLogStream'),
    });
    await functions.call('talks');
    // Lines come a moment after the answer; what is too late for one report is in the next.
    await vi.waitFor(async () => {
      await cloud.clock.advance(60_000);
      const told = cloud.events
        .read({ after, minSeverity: 'warning' })
        .events.flatMap(({ name, data }) => (name === 'logs.lost' ? [data.lines] : []));
      expect(told.length).toBeGreaterThan(1);
      expect(told.reduce((sum, lines) => sum + lines, 0)).toBe(10);
    }, 10_000);
  });
});

it('a number that somebody has read is not given again after a kill', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-events-'));
  const program = join(import.meta.dirname, 'cloud-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const { endpoint, region, ...credentials } = JSON.parse(
    readFileSync(join(directory, 'runtime.json'), 'utf8'),
  );
  const sns = new SNSClient({ endpoint, region, credentials });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'told' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.org' }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'one' }));
  const before = await read('wait=5000', directory);
  expect(before.events).toMatchObject([{ name: 'message.not-sent', data: { message: 'one' } }]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const second = await testCloud({ stateDirectory: directory });
  await new SNSClient(second.client()).send(new PublishCommand({ TopicArn, Message: 'two' }));
  const after = await read(`after=${before.last}&wait=5000`, directory);
  expect(after.events).toMatchObject([{ number: before.last + 1, data: { message: 'two' } }]);
  await second.dispose();
});

it('only the newest events are kept, and a reader is told where they begin', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-events-'));
  const store = openStore(directory);
  const clock = createClock();
  const by = (limits: { maxEvents: number; maxBytes: number }) => createEventLog(store, clock, limits);
  const record = (log: ReturnType<typeof by>, from: number, to: number) => {
    for (let i = from; i <= to; i++) log.record({ name: 'synth.output', data: { text: String(i) } });
    log.stop();
  };
  record(by({ maxEvents: 5, maxBytes: 1e6 }), 1, 12);
  const log = by({ maxEvents: 5, maxBytes: 1e6 });
  const { events, oldest, last } = log.read();
  expect({ oldest, last, numbers: events.map(({ number }) => number) }).toEqual({
    oldest: 8,
    last: 12,
    numbers: [8, 9, 10, 11, 12],
  });
  record(by({ maxEvents: 1000, maxBytes: 100 }), 13, 14);
  expect(by({ maxEvents: 1000, maxBytes: 100 }).read()).toMatchObject({ oldest: 13, last: 14 });
  await store.close();
  rmSync(directory, { recursive: true });
});
