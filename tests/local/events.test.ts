import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePattern } from '../../src/local/event-pattern.ts';
import { parseSchedule } from '../../src/local/services/events/schedule.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let events: EventBridgeClient;
let sqs: SQSClient;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  events = new EventBridgeClient(cloud.client());
  sqs = new SQSClient(cloud.client());
});
afterAll(() => cloud.dispose());

/** A queue that EventBridge may send to, unless said otherwise. */
async function queue(open = true) {
  const name = `q${made++}`;
  const Arn = `arn:aws:sqs:${cloud.region}:${cloud.accountId}:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Arn,
      },
    ],
  });
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: open ? { Policy } : {} }),
  );
  const receive = async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        WaitTimeSeconds: 5,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages ?? [];
  };
  return { Arn, receive };
}
async function rule(settings: object, ...targets: object[]) {
  const Name = `r${made++}`;
  await events.send(new PutRuleCommand({ Name, ...settings }));
  await events.send(
    new PutTargetsCommand({
      Rule: Name,
      Targets: targets.map((target, index) => ({ Id: String(index), Arn: '', ...target })),
    }),
  );
  return Name;
}
const put = (Source: string, Detail: object, DetailType = 'Test') =>
  events.send(new PutEventsCommand({ Entries: [{ Source, DetailType, Detail: JSON.stringify(Detail) }] }));

describe('an event', () => {
  it('reaches the targets of the rules that match it, whole, in part, or transformed', async () => {
    const [whole, part, constant, transformed] = await Promise.all([queue(), queue(), queue(), queue()]);
    const EventPattern = JSON.stringify({ source: ['app'], detail: { kind: ['order'] } });
    await rule(
      { EventPattern },
      { Arn: whole.Arn },
      { Arn: part.Arn, InputPath: '$.detail.lines[1]' },
      { Arn: constant.Arn, Input: '{"fixed":true}' },
      {
        Arn: transformed.Arn,
        InputTransformer: {
          InputPathsMap: { who: '$.detail.who', lines: '$.detail.lines' },
          InputTemplate: '{"said": "<who> has <lines>", "lines": <lines>, "rule": <aws.events.rule-name>}',
        },
      },
    );
    await put('app', { kind: 'note' });
    await put('app', { kind: 'order', who: 'A "B"', lines: [1, { n: 2 }] });
    const body = async (from: typeof whole) =>
      (await from.receive()).map(({ Body = '' }) => JSON.parse(Body));
    expect(await body(whole)).toMatchObject([
      { source: 'app', 'detail-type': 'Test', account: cloud.accountId, detail: { kind: 'order' } },
    ]);
    expect(await body(part)).toEqual([{ n: 2 }]);
    expect(await body(constant)).toEqual([{ fixed: true }]);
    expect(await body(transformed)).toMatchObject([{ said: 'A "B" has [1,{"n":2}]', lines: [1, { n: 2 }] }]);
  });

  it('is not delivered against the policy of the target, and goes to the dead-letter queue with the reason', async () => {
    const [closed, dead] = await Promise.all([queue(false), queue()]);
    await rule(
      { EventPattern: '{"source":["closed"]}' },
      { Arn: closed.Arn, DeadLetterConfig: { Arn: dead.Arn } },
    );
    await put('closed', {});
    const [message] = await dead.receive();
    expect(message?.MessageAttributes?.ERROR_CODE?.StringValue).toMatch(/AccessDenied/);
    expect(message?.MessageAttributes?.TARGET_ARN?.StringValue).toBe(closed.Arn);
  });

  it('is written to a log group that the account’s resource policies let EventBridge write to', async () => {
    const logs = new CloudWatchLogsClient(cloud.client());
    const logGroupName = '/aws/events/orders';
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const Arn = `arn:aws:logs:${cloud.region}:${cloud.accountId}:log-group:${logGroupName}`;
    const dead = await queue();
    await rule(
      { EventPattern: '{"source":["logged"]}' },
      { Arn, DeadLetterConfig: { Arn: dead.Arn } },
      {
        Arn,
        InputTransformer: {
          InputPathsMap: { n: '$.detail.n' },
          InputTemplate: '{"timestamp":<aws.events.event.ingestion-time>,"message":"number <n>"}',
        },
      },
    );
    await put('logged', { n: 1 });
    const [message] = await dead.receive();
    expect(message?.MessageAttributes?.ERROR_CODE?.StringValue).toMatch(/AccessDenied/);
    const Statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${Arn}:*`,
    };
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await logs.send(new PutResourcePolicyCommand({ policyName: 'events', policyDocument }));
    await put('logged', { n: 2 });
    const written = async () =>
      (await logs.send(new FilterLogEventsCommand({ logGroupName }))).events?.map(
        (event) => event.message ?? '',
      );
    await expect.poll(written, { timeout: 10_000 }).toHaveLength(2);
    const [whole, own] = (await written())?.sort((a, b) => b.length - a.length) ?? [];
    expect(JSON.parse(whole ?? '')).toMatchObject({ source: 'logged', detail: { n: 2 } });
    expect(own).toBe('number 2');
  });

  it('is refused with a source of AWS, and when its detail is no object', async () => {
    const { Entries, FailedEntryCount } = await events.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'aws.ecs', DetailType: 'x', Detail: '{}' },
          { Source: 'app', DetailType: 'x', Detail: '[1]' },
          { Source: 'app', DetailType: 'x', Detail: '{}' },
        ],
      }),
    );
    expect(FailedEntryCount).toBe(2);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'NotAuthorizedForSourceException',
      'MalformedDetail',
      undefined,
    ]);
  });
});

describe('a rule', () => {
  it('fires on its schedule, by the clock, and not when disabled', async () => {
    const target = await queue();
    const Name = await rule({ ScheduleExpression: 'rate(5 minutes)' }, { Arn: target.Arn });
    await cloud.clock.advance(4 * 60_000);
    await cloud.clock.advance(60_000);
    const messages = await target.receive();
    expect(messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
      { source: 'aws.events', 'detail-type': 'Scheduled Event' },
    ]);
    await events.send(new DisableRuleCommand({ Name }));
    await cloud.clock.advance(5 * 60_000);
    // The first message is back after its visibility timeout; there is no other.
    const ids = (await target.receive()).map(({ MessageId }) => MessageId);
    expect(ids).toEqual(messages.map(({ MessageId }) => MessageId));
  });

  it('is deleted only without targets', async () => {
    const { Arn } = await queue();
    const Name = await rule({ EventPattern: '{"source":["x"]}' }, { Arn });
    await expect(events.send(new DeleteRuleCommand({ Name }))).rejects.toThrow(/has targets/);
    await events.send(new RemoveTargetsCommand({ Rule: Name, Ids: ['0'] }));
    await events.send(new DeleteRuleCommand({ Name }));
    await expect(events.send(new ListTargetsByRuleCommand({ Rule: Name }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it.each([
    ['a target of another service', { Arn: 'arn:aws:kinesis:us-east-1:000000000000:stream/a' }, /kinesis/],
    [
      'a role that is none',
      { Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RoleArn: 'arn:aws:iam::000000000000:user/r' },
      /is not the ARN of a role/,
    ],
    [
      'two inputs',
      { Arn: 'arn:aws:sqs:us-east-1:000000000000:q', Input: '{}', InputPath: '$' },
      /Only one of/,
    ],
  ])('is refused with %s', async (_, target, message) => {
    await expect(rule({ EventPattern: '{"source":["x"]}' }, target)).rejects.toThrow(message);
  });

  it('is refused on a bus that is not there', async () => {
    await expect(
      events.send(new PutRuleCommand({ Name: 'a', EventPattern: '{"source":["x"]}', EventBusName: 'own' })),
    ).rejects.toThrow('Event bus own does not exist.');
  });
});

describe('a pattern', () => {
  it.each([
    [{ a: ['x'] }, { a: 'x' }, { a: 'y' }],
    [{ a: [null] }, { a: null }, { a: 1 }],
    [{ a: ['x'] }, { a: ['w', 'x'] }, { a: [] }],
    [{ a: { b: [1] } }, { a: [{ b: 2 }, { b: 1 }] }, { a: { b: '1' } }],
    [{ a: [{ prefix: 'ab' }] }, { a: 'abc' }, { a: 'ba' }],
    [{ a: [{ prefix: { 'equals-ignore-case': 'AB' } }] }, { a: 'abc' }, { a: 'ba' }],
    [{ a: [{ suffix: '.png' }] }, { a: 'x.png' }, { a: 'png.x' }],
    [{ a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, { a: 'x' }],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }, { a: 'z' }, { a: 'xy' }],
    [{ a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, { a: 0 }],
    [{ a: [{ exists: false }] }, { b: 1 }, { a: 1 }],
    [{ a: [{ exists: true }] }, { a: '' }, {}],
    [{ a: [{ wildcard: 'a*c' }] }, { a: 'abbc' }, { a: 'abd' }],
    [{ a: [{ 'equals-ignore-case': 'YES' }] }, { a: 'yes' }, { a: 'no' }],
    [{ $or: [{ a: [1] }, { b: [2] }] }, { b: 2 }, { a: 2 }],
  ])('%j matches %j and not %j', (pattern, yes, no) => {
    const matches = compilePattern(JSON.stringify(pattern));
    expect([matches(yes), matches(no)]).toEqual([true, false]);
  });

  it.each([
    '{',
    '{}',
    '{"a":1}',
    '{"a":[]}',
    '{"a":[{"cidr":"10.0.0.0/80"}]}',
    '{"a":[{"numeric":["~",1]}]}',
  ])('is refused when it is %s', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow();
  });
});

describe('a schedule', () => {
  const at = (text: string) => Date.parse(text);
  it.each([
    ['cron(0 12 * * ? *)', '2026-01-01T12:00:00Z', '2026-01-02T12:00:00Z'],
    ['cron(0/15 8-9 ? * MON-FRI *)', '2026-01-02T09:45:00Z', '2026-01-05T08:00:00Z'],
    ['cron(0 0 1 JAN,JUL ? 2027)', '2026-06-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['cron(30 6 29 2 ? *)', '2026-03-01T00:00:00Z', '2028-02-29T06:30:00Z'],
    ['rate(1 hour)', '2026-01-01T00:30:00Z', '2026-01-01T01:00:00Z'],
  ])('%s is due after %s at %s', (expression, now, due) => {
    expect(parseSchedule(expression)(at(now), at('2026-01-01T00:00:00Z'))).toBe(at(due));
  });

  it.each([
    'rate(1 minutes)',
    'rate(5 minute)',
    'cron(0 12 * * * *)',
    'cron(0 12 * * ?)',
    'cron(0 12 L * ? *)',
    'at(now)',
  ])('%s is refused', (expression) => {
    expect(() => parseSchedule(expression)).toThrow();
  });
});
