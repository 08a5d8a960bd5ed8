import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  type MetricDatum,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let cloudwatch: CloudWatchClient;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  cloudwatch = new CloudWatchClient(cloud.client());
});
afterAll(() => cloud.dispose());

const minute = 60_000;
const put = (Namespace: string, ...MetricData: MetricDatum[]) =>
  cloudwatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
const now = () => new Date(cloud.clock.now());
/** Goes on to the middle of a minute, so that a test does not straddle two. */
const settle = () => cloud.clock.advance((90_000 - (cloud.clock.now() % minute)) % minute);

async function alarm(more: Partial<PutMetricAlarmCommandInput>): Promise<string> {
  const AlarmName = `alarm-${made++}`;
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
      ...more,
    }),
  );
  return AlarmName;
}
const one = (MetricName: string, more: Partial<PutMetricAlarmCommandInput> = {}) => ({
  Namespace: 'Alarms',
  MetricName,
  Statistic: 'Sum' as const,
  Period: 60,
  ...more,
});
async function describeAlarm(name: string) {
  const { MetricAlarms, CompositeAlarms } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  );
  return MetricAlarms?.[0] ?? CompositeAlarms?.[0];
}
const state = async (name: string) => (await describeAlarm(name))?.StateValue;

describe('metrics', () => {
  it('give sums, averages, extremes and percentiles of values and statistic sets', async () => {
    await put(
      'Stats',
      { MetricName: 'm', Unit: 'Milliseconds', Values: [1, 2, 3, 4], Counts: [1, 1, 1, 97] },
      { MetricName: 'set', StatisticValues: { SampleCount: 4, Sum: 10, Minimum: 1, Maximum: 4 } },
    );
    const get = async (MetricName: string) =>
      (
        await cloudwatch.send(
          new GetMetricStatisticsCommand({
            Namespace: 'Stats',
            MetricName,
            StartTime: new Date(cloud.clock.now() - 5 * minute),
            EndTime: new Date(cloud.clock.now() + minute),
            Period: 600,
            Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
            ExtendedStatistics: ['p1', 'p50', 'p99.9'],
          }),
        )
      ).Datapoints?.[0];
    expect(await get('m')).toMatchObject({
      SampleCount: 100,
      Sum: 394,
      Minimum: 1,
      Maximum: 4,
      Unit: 'Milliseconds',
      ExtendedStatistics: { p1: 1, p50: 4, 'p99.9': 4 },
    });
    const set = await get('set');
    expect(set).toMatchObject({ Average: 2.5, Maximum: 4 });
    expect(set?.ExtendedStatistics, 'a set has no percentiles').toBeUndefined();
  });
  it('are told apart by dimensions in any order, and listed by them', async () => {
    const dimensions = [
      { Name: 'a', Value: '1' },
      { Name: 'b', Value: '2' },
    ];
    await put(
      'Dims',
      { MetricName: 'm', Value: 1, Dimensions: dimensions },
      { MetricName: 'm', Value: 2, Dimensions: [...dimensions].reverse() },
      { MetricName: 'm', Value: 4 },
    );
    const { Metrics } = await cloudwatch.send(
      new ListMetricsCommand({ Namespace: 'Dims', Dimensions: [{ Name: 'a' }] }),
    );
    expect(Metrics).toEqual([{ Namespace: 'Dims', MetricName: 'm', Dimensions: dimensions }]);
  });
  it('take large, compressed calls', async () => {
    const data = Array.from({ length: 500 }, (_, i) => ({ MetricName: `compressed-${i}`, Value: i }));
    await put('Large', ...data);
    const { Metrics } = await cloudwatch.send(new ListMetricsCommand({ Namespace: 'Large' }));
    expect(Metrics).toHaveLength(500);
  });
  it("keep AWS's own namespaces to AWS's services, and refuse what is no number", async () => {
    await expect(put('AWS/SQS', { MetricName: 'm', Value: 1 })).rejects.toThrow('AWS/');
    await expect(put('X', { MetricName: 'm', Value: Number.NaN })).rejects.toThrow('invalid');
    await expect(
      put('X', { MetricName: 'm', Value: 1, Timestamp: new Date(cloud.clock.now() - 15 * 86_400_000) }),
    ).rejects.toThrow('two weeks');
  });
  it('are computed with, in series that meet where both have values', async () => {
    await settle();
    const at = (minutes: number) => new Date(cloud.clock.now() + minutes * minute);
    await put('Math', { MetricName: 'ok', Value: 8, Timestamp: at(-2) });
    await put('Math', { MetricName: 'bad', Value: 2, Timestamp: at(-2) });
    await put('Math', { MetricName: 'ok', Value: 5, Timestamp: at(-1) });
    const stat = (Id: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Math', MetricName: Id }, Period: 60, Stat: 'Sum' },
    });
    const compute = async (Expression: string) => {
      const { MetricDataResults } = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: at(-3),
          EndTime: at(0),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: [{ Id: 'e', Expression }, stat('ok'), stat('bad')],
        }),
      );
      return MetricDataResults?.[0]?.Values;
    };
    expect(await compute('100 * bad / (ok + bad)')).toEqual([20]);
    expect(await compute('IF(FILL(bad, 0) + ok > 0, 100 * FILL(bad, 0) / (FILL(bad, 0) + ok), 0)')).toEqual([
      20, 0,
    ]);
    expect(await compute('SUM(METRICS())')).toEqual([10, 5]);
    expect(await compute('MAX([ok, bad]) - -1 * 2')).toEqual([10, 7]);
    await expect(compute('ANOMALY_DETECTION_BAND(ok)')).rejects.toThrow('ANOMALY_DETECTION_BAND');
    await expect(compute('SEARCH("x", "Sum", 60)')).rejects.toThrow('SEARCH');
    await expect(compute('ok + nowhere')).rejects.toThrow('nowhere');
    await expect(compute('ok +')).rejects.toThrow('ends too early');
  });
});

describe('alarms', () => {
  it('go over at the threshold and back, saying why, with their history', async () => {
    await settle();
    const name = await alarm({ ...one('depth'), TreatMissingData: 'notBreaching' });
    expect(await state(name)).toBe('INSUFFICIENT_DATA');
    await cloud.clock.advance(minute);
    expect(await state(name)).toBe('OK');
    await put('Alarms', { MetricName: 'depth', Value: 12, Timestamp: now() });
    await cloud.clock.advance(minute);
    const over = await describeAlarm(name);
    expect(over?.StateValue).toBe('ALARM');
    expect(over?.StateReason).toContain('Threshold Crossed: 1 out of the last 1 datapoint [12.0 (');
    expect(over?.StateReason).toContain('was greater than the threshold (10.0)');
    expect(JSON.parse(over?.StateReasonData ?? '{}')).toMatchObject({
      statistic: 'Sum',
      period: 60,
      threshold: 10,
      recentDatapoints: [12],
    });
    await put('Alarms', { MetricName: 'depth', Value: 3, Timestamp: now() });
    await cloud.clock.advance(minute);
    expect(await state(name)).toBe('OK');
    const { AlarmHistoryItems } = await cloudwatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName: name, HistoryItemType: 'StateUpdate' }),
    );
    expect(AlarmHistoryItems?.map((item) => item.HistorySummary)).toEqual([
      'Alarm updated from ALARM to OK',
      'Alarm updated from OK to ALARM',
      'Alarm updated from INSUFFICIENT_DATA to OK',
    ]);
  });
  it('need M datapoints out of N', async () => {
    await settle();
    const name = await alarm({ ...one('flaky'), EvaluationPeriods: 3, DatapointsToAlarm: 2 });
    const seen = [];
    for (const Value of [20, 1, 1, 20, 20, 1]) {
      await put('Alarms', { MetricName: 'flaky', Value, Timestamp: now() });
      await cloud.clock.advance(minute);
      seen.push(await state(name));
    }
    // With one datapoint, all there are breach; then one of three; then two of three.
    expect(seen).toEqual(['ALARM', 'OK', 'OK', 'OK', 'ALARM', 'ALARM']);
  });
  it('treat missing data as told', async () => {
    await settle();
    const names = [];
    for (const TreatMissingData of ['missing', 'ignore', 'breaching', 'notBreaching'])
      names.push(await alarm({ ...one('absent'), TreatMissingData }));
    await cloud.clock.advance(minute);
    expect(await Promise.all(names.map(state))).toEqual([
      'INSUFFICIENT_DATA',
      'INSUFFICIENT_DATA',
      'ALARM',
      'OK',
    ]);
  });
  it('watch percentiles and metric math', async () => {
    await settle();
    const slow = await alarm({
      Threshold: 30_000,
      Metrics: [
        {
          Id: 'm1',
          MetricStat: { Metric: { Namespace: 'Jobs', MetricName: 'Time' }, Period: 300, Stat: 'p95' },
        },
      ],
      TreatMissingData: 'notBreaching',
    });
    const stat = (Id: string) => ({
      Id,
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'Jobs', MetricName: Id }, Period: 300, Stat: 'Sum' },
    });
    const failing = await alarm({
      Threshold: 5,
      Metrics: [
        {
          Id: 'e',
          Expression:
            'IF(FILL(done, 0) + FILL(failed, 0) > 0, 100 * FILL(failed, 0) / (FILL(done, 0) + FILL(failed, 0)), 0)',
        },
        stat('done'),
        stat('failed'),
      ],
      TreatMissingData: 'notBreaching',
    });
    await cloud.clock.advance(minute);
    expect([await state(slow), await state(failing)]).toEqual(['OK', 'OK']);
    await put(
      'Jobs',
      { MetricName: 'Time', Values: [100, 31_000], Counts: [90, 10], Timestamp: now() },
      { MetricName: 'done', Value: 9, Timestamp: now() },
      { MetricName: 'failed', Value: 1, Timestamp: now() },
    );
    await cloud.clock.advance(minute);
    expect([await state(slow), await state(failing)]).toEqual(['ALARM', 'ALARM']);
  });
  it('are composed by rules, and hold their children', async () => {
    await settle();
    const child = await alarm({ ...one('child') });
    await cloudwatch.send(
      new PutCompositeAlarmCommand({ AlarmName: 'parent', AlarmRule: `ALARM("${child}") AND NOT FALSE` }),
    );
    await put('Alarms', { MetricName: 'child', Value: 11, Timestamp: now() });
    await cloud.clock.advance(minute);
    expect(await state('parent')).toBe('ALARM');
    await expect(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [child] }))).rejects.toThrow(
      'composite',
    );
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [child, 'parent'] }));
    expect(await describeAlarm(child)).toBeUndefined();
  });
  it('refuse a reason that is said to be JSON and is none', async () => {
    const set = cloudwatch.send(
      new SetAlarmStateCommand({
        AlarmName: 'any',
        StateValue: 'OK',
        StateReason: 'x',
        StateReasonData: 'no json',
      }),
    );
    await expect(set).rejects.toMatchObject({ name: 'InvalidFormatFault' });
  });
  it('refuse actions that nothing here carries out', async () => {
    await expect(
      alarm({ ...one('x'), AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] }),
    ).rejects.toThrow('does not support the alarm action arn:aws:automate');
  });
});

describe('what other services publish', () => {
  it('raises an alarm on queue depth a minute after the messages came', async () => {
    await settle();
    const sqs = new SQSClient(cloud.client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'watched' }));
    const name = await alarm({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'watched' }],
      Statistic: 'Maximum',
      Period: 60,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [
        'arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:1:resource/ecs/service/c/s:policyName/p',
      ],
    });
    const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: String(i), MessageBody: 'x' }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    await cloud.clock.advance(minute);
    expect(await describeAlarm(name)).toMatchObject({
      StateValue: 'ALARM',
      StateReason: expect.stringContaining('[10.0 ('),
    });
  });
  it('comes out of log events: metric filters and the embedded metric format', async () => {
    await settle();
    const logs = new CloudWatchLogsClient(cloud.client());
    const at = { logGroupName: 'metrics', logStreamName: 's' };
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'metrics' }));
    await logs.send(new CreateLogStreamCommand(at));
    await logs.send(
      new PutMetricFilterCommand({
        logGroupName: 'metrics',
        filterName: 'slow',
        filterPattern: '{ $.ms > 100 }',
        metricTransformations: [{ metricName: 'Slow', metricNamespace: 'Logged', metricValue: '$.ms' }],
      }),
    );
    const embedded = {
      _aws: {
        // A process stamps with its own clock, which stays where it was when time is moved.
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          { Namespace: 'Logged', Dimensions: [['stage'], []], Metrics: [{ Name: 'Jobs', Unit: 'Count' }] },
        ],
      },
      stage: 'dev',
      Jobs: 3,
    };
    const messages = ['{"ms":50}', '{"ms":250}', JSON.stringify(embedded)];
    await logs.send(
      new PutLogEventsCommand({
        ...at,
        logEvents: messages.map((message) => ({ message, timestamp: cloud.clock.now() })),
      }),
    );
    const stat = (MetricName: string, Dimensions: { Name: string; Value: string }[] = []) => ({
      Id: `m${made++}`,
      MetricStat: { Metric: { Namespace: 'Logged', MetricName, Dimensions }, Period: 60, Stat: 'Sum' },
    });
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(cloud.clock.now() - minute),
        EndTime: new Date(cloud.clock.now() + minute),
        MetricDataQueries: [stat('Slow'), stat('Jobs'), stat('Jobs', [{ Name: 'stage', Value: 'dev' }])],
      }),
    );
    expect(MetricDataResults?.map((result) => result.Values)).toEqual([[250], [3], [3]]);
  });
});

it('keeps dashboards, and refuses a body that is none', async () => {
  const DashboardBody = JSON.stringify({
    widgets: [{ type: 'text', width: 24, height: 1, properties: { markdown: '## Live' } }],
  });
  await cloudwatch.send(new PutDashboardCommand({ DashboardName: 'main', DashboardBody }));
  const found = await cloudwatch.send(new GetDashboardCommand({ DashboardName: 'main' }));
  expect(found).toMatchObject({
    DashboardBody,
    DashboardArn: 'arn:aws:cloudwatch::000000000000:dashboard/main',
  });
  await expect(
    cloudwatch.send(new PutDashboardCommand({ DashboardName: 'main', DashboardBody: '{"widgets":{}}' })),
  ).rejects.toThrow('/widgets must be a list');
});

it('goes on evaluating after a restart', async () => {
  const first = await testCloud();
  const before = new CloudWatchClient(first.client());
  await before.send(
    new PutMetricAlarmCommand({
      ...one('kept'),
      AlarmName: 'kept',
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  await first.close();
  const second = await testCloud({ stateDirectory: first.stateDirectory });
  const after = new CloudWatchClient(second.client());
  // After the restart, however long that took: the alarm looks at one minute.
  await after.send(
    new PutMetricDataCommand({ Namespace: 'Alarms', MetricData: [{ MetricName: 'kept', Value: 11 }] }),
  );
  await second.clock.advance(minute);
  const { MetricAlarms } = await after.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms?.[0]?.StateValue).toBe('ALARM');
  await second.dispose();
});
