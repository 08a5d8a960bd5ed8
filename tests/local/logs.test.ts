import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let logs: CloudWatchLogsClient;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  logs = new CloudWatchLogsClient(cloud.client());
});
afterAll(() => cloud.dispose());

async function group(...streams: string[]): Promise<string> {
  const logGroupName = `/test/${made++}`;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  for (const logStreamName of streams)
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  return logGroupName;
}
const put = (
  logGroupName: string,
  logStreamName: string,
  messages: readonly string[],
  at = cloud.clock.now(),
) =>
  logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: messages.map((message, i) => ({ message, timestamp: at + i })),
    }),
  );
const filter = async (logGroupName: string, filterPattern?: string) =>
  (await logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern }))).events?.map(
    (event) => event.message,
  );

describe('log events', () => {
  it('are read forwards and backwards in pages, until a token repeats', async () => {
    const name = await group('s');
    await put(name, 's', ['1', '2', '3', '4', '5']);
    const page = (more: object) =>
      logs.send(new GetLogEventsCommand({ logGroupName: name, logStreamName: 's', limit: 2, ...more }));
    const texts = (answer: Awaited<ReturnType<typeof page>>) => answer.events?.map((event) => event.message);
    const newest = await page({});
    expect(texts(newest)).toEqual(['4', '5']);
    const older = await page({ nextToken: newest.nextBackwardToken });
    expect(texts(older)).toEqual(['2', '3']);
    const first = await page({ startFromHead: true });
    expect(texts(first)).toEqual(['1', '2']);
    const end = await page({ nextToken: newest.nextForwardToken });
    expect(texts(end)).toEqual([]);
    expect(end.nextForwardToken).toBe(newest.nextForwardToken);
    await put(name, 's', ['6'], cloud.clock.now() + 10);
    expect(texts(await page({ nextToken: end.nextForwardToken }))).toEqual(['6']);
  });
  it('are filtered over all streams in order of time, in pages', async () => {
    const name = await group('a', 'b');
    const at = cloud.clock.now();
    await put(name, 'a', ['a1', 'a2'], at);
    await put(name, 'b', ['b1'], at + 1);
    expect(await filter(name)).toEqual(['a1', 'a2', 'b1']);
    const first = await logs.send(new FilterLogEventsCommand({ logGroupName: name, limit: 2 }));
    const second = await logs.send(
      new FilterLogEventsCommand({ logGroupName: name, limit: 2, nextToken: first.nextToken }),
    );
    expect(second.events?.map((event) => event.message)).toEqual(['b1']);
    expect(second.nextToken).toBeUndefined();
  });
  it('match terms, phrases, alternatives, exclusions and JSON selectors', async () => {
    const name = await group('s');
    await put(name, 's', [
      'ERROR disk full',
      'WARN slow',
      'INFO fine',
      '{"level":"error","code":503,"who":{"name":"worker-1"},"ok":false}',
      '{"level":"info","code":200,"ok":true}',
    ]);
    expect(await filter(name, 'ERROR')).toEqual(['ERROR disk full']);
    expect(await filter(name, '"disk full"')).toEqual(['ERROR disk full']);
    expect(await filter(name, '?WARN ?INFO')).toEqual(['WARN slow', 'INFO fine']);
    expect(await filter(name, 'ERROR -disk')).toEqual([]);
    expect(await filter(name, '{ $.level = "error" && ($.code >= 500 || $.code = 1) }')).toHaveLength(1);
    expect(await filter(name, '{ $.who.name = "worker-*" }')).toHaveLength(1);
    expect(await filter(name, '{ $.ok IS TRUE }')).toHaveLength(1);
    expect(await filter(name, '{ $.level != "error" }')).toHaveLength(1);
    await expect(filter(name, '[a, b]')).rejects.toThrow('does not support the space-delimited');
    await expect(filter(name, '{ $.a = %x% }')).rejects.toThrow('does not support the regular expression');
  });
  it('are refused out of order, and rejected when too old or too new', async () => {
    const name = await group('s');
    const now = cloud.clock.now();
    const events = (...logEvents: { message: string; timestamp: number }[]) =>
      logs.send(new PutLogEventsCommand({ logGroupName: name, logStreamName: 's', logEvents }));
    await expect(
      events({ message: 'b', timestamp: now }, { message: 'a', timestamp: now - 1 }),
    ).rejects.toThrow('chronological');
    const old = await events({ message: 'old', timestamp: now - 15 * 86_400_000 });
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    const late = await events(
      { message: 'kept', timestamp: now },
      { message: 'late', timestamp: now + 3 * 3_600_000 },
    );
    expect(late.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    expect(await filter(name)).toEqual(['kept']);
    await expect(put(name, 'nowhere', ['x'])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a log group', () => {
  it('exists once, says what it holds, and takes its streams along when deleted', async () => {
    const name = await group('b', 'a');
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName: name }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await put(name, 'b', ['x']);
    const groups = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    expect(groups.logGroups).toMatchObject([
      { arn: `arn:aws:logs:us-east-1:000000000000:log-group:${name}:*`, storedBytes: 27 },
    ]);
    const streams = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName: name, orderBy: 'LastEventTime', descending: true }),
    );
    expect(streams.logStreams?.map((stream) => stream.logStreamName)).toEqual(['b', 'a']);
    await logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
    await expect(filter(name)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
  it('forgets events after its retention by the clock', async () => {
    const name = await group('s');
    await expect(
      logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: 2 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: 1 }));
    await put(name, 's', ['old']);
    await cloud.clock.advance(26 * 3_600_000);
    await put(name, 's', ['new']);
    expect(await filter(name)).toEqual(['new']);
    // A process that stamps with its own clock is a day behind now; its events are kept all the same.
    await put(name, 's', ['own clock'], Date.now());
    expect(await filter(name)).toEqual(['own clock', 'new']);
  });
  it.each(['ERROR', ''])('lists its metric filter of the pattern "%s"', async (filterPattern) => {
    const name = await group();
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: name,
        filterName: 'errors',
        filterPattern,
        metricTransformations: [{ metricName: 'Errors', metricNamespace: 'Test', metricValue: '1' }],
      }),
    );
    const { metricFilters } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName: name }));
    expect(metricFilters).toMatchObject([{ filterName: 'errors', filterPattern }]);
  });
});

it('meters what is stored after a minute already, and by the hours that it was', async () => {
  // A cloud of its own: the others here have moved time by hours, after which storage is looked at hourly.
  const young = await testCloud();
  const own = new CloudWatchLogsClient(young.client());
  const at = { logGroupName: 'g', logStreamName: 's' };
  await own.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  await own.send(new CreateLogStreamCommand(at));
  const timestamp = young.clock.now();
  await own.send(new PutLogEventsCommand({ ...at, logEvents: [{ message: 'x'.repeat(1000), timestamp }] }));
  await young.clock.advance(3 * 60_000);
  const used = () =>
    young.meter
      .totals()
      .filter(({ usage, resource }) => usage === 'byte-hours' && resource?.endsWith(':g'))
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const first = used();
  // About a thousand bytes for at least a minute of these three; a message has 26 bytes more.
  expect(first).toBeGreaterThan(1000 / 60 - 1);
  expect(first).toBeLessThan(1100 / 12);
  await young.clock.advance(10 * 3_600_000);
  expect(used()).toBeGreaterThan(8 * 1000);
  expect(used()).toBeLessThan(10.5 * 1100);
  own.destroy();
  await young.dispose();
});

it('refuses Insights queries by name', async () => {
  await expect(
    logs.send(
      new StartQueryCommand({ logGroupName: '/x', startTime: 0, endTime: 1, queryString: 'fields @message' }),
    ),
  ).rejects.toThrow('does not support logs:StartQuery');
});

it('keeps groups, events and order over a restart', async () => {
  const first = await testCloud();
  const before = new CloudWatchLogsClient(first.client());
  const at = { logGroupName: 'g', logStreamName: 's' };
  await before.send(new CreateLogGroupCommand({ logGroupName: 'g' }));
  await before.send(new CreateLogStreamCommand(at));
  const timestamp = Date.now();
  const event = (message: string) => new PutLogEventsCommand({ ...at, logEvents: [{ message, timestamp }] });
  await before.send(event('1'));
  await first.close();
  const second = await testCloud({ stateDirectory: first.stateDirectory });
  const after = new CloudWatchLogsClient(second.client());
  await after.send(event('2'));
  const { events } = await after.send(new GetLogEventsCommand(at));
  expect(events?.map(({ message }) => message)).toEqual(['1', '2']);
  await second.dispose();
});
