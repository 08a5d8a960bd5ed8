/** Buses of one's own: their rules, policies and targets, by the API and in a template. */
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compilePattern } from '../../src/local/event-pattern.ts';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let events: EventBridgeClient;
let sqs: SQSClient;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  events = new EventBridgeClient(cloud.client());
  sqs = new SQSClient(cloud.client());
  stacks = deployer(cloud);
});
afterAll(() => cloud?.dispose());

const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${cloud.region}:${cloud.accountId}:${resource}`;
const queueArn = (name: string) => arn('sqs', name);
const bus = (name: string) => events.send(new CreateEventBusCommand({ Name: name }));

/** A queue with no policy: only a role may send to it. */
const queue = (QueueName: string) => sqs.send(new CreateQueueCommand({ QueueName }));

async function received(name: string): Promise<{ readonly [key: string]: unknown }> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: `${cloud.endpoint}/${cloud.accountId}/${name}`,
      WaitTimeSeconds: 10,
    }),
  );
  return JSON.parse(Messages?.[0]?.Body ?? 'null') as never;
}

async function role(RoleName: string, Action: readonly string[]): Promise<string> {
  const iam = new IAMClient(cloud.client());
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'own',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      }),
    }),
  );
  return Role?.Arn ?? '';
}

async function rule(
  EventBusName: string,
  Name: string,
  targets: readonly Target[],
  pattern: object = { source: ['shop'] },
) {
  const { RuleArn } = await events.send(
    new PutRuleCommand({ EventBusName, Name, EventPattern: JSON.stringify(pattern) }),
  );
  if (targets.length > 0)
    await events.send(new PutTargetsCommand({ EventBusName, Rule: Name, Targets: [...targets] }));
  return RuleArn;
}

const put = async (EventBusName: string, Detail: object) => {
  const { Entries } = await events.send(
    new PutEventsCommand({
      Entries: [{ EventBusName, Source: 'shop', DetailType: 'order', Detail: JSON.stringify(Detail) }],
    }),
  );
  return Entries?.[0];
};

describe('a bus of one’s own', () => {
  it('has rules of its own, whose names do not meet those of other buses', async () => {
    await bus('orders');
    await queue('orders');
    const sender = await role('sender', ['sqs:SendMessage']);
    const here = await rule('orders', 'all', [{ Id: 'q', Arn: queueArn('orders'), RoleArn: sender }]);
    expect(here).toBe(arn('events', 'rule/orders/all'));
    expect(await rule('default', 'all', [])).toBe(arn('events', 'rule/all'));
    const names = async (EventBusName: string) =>
      (await events.send(new ListRulesCommand({ EventBusName }))).Rules?.map(({ Arn }) => Arn);
    expect(await names('orders')).toEqual([here]);
    expect(await names(arn('events', 'event-bus/default'))).toEqual([arn('events', 'rule/all')]);
    expect(await put('orders', { n: 1 })).toEqual({ EventId: expect.any(String) });
    expect(await received('orders')).toMatchObject({
      source: 'shop',
      'detail-type': 'order',
      detail: { n: 1 },
    });
  });

  it('hands events on to another bus under a role, and they stay what they are', async () => {
    await bus('first');
    await bus('second');
    await queue('second');
    const sender = await role('forwarder', ['events:PutEvents', 'sqs:SendMessage']);
    const second = arn('events', 'event-bus/second');
    await expect(rule('first', 'on', [{ Id: 'b', Arn: second }])).rejects.toMatchObject({
      message: expect.stringContaining('RoleArn is required'),
    });
    await rule('first', 'on', [{ Id: 'b', Arn: second, RoleArn: sender }]);
    await rule('second', 'out', [{ Id: 'q', Arn: queueArn('second'), RoleArn: sender }]);
    const sent = await put(arn('events', 'event-bus/first'), { n: 2 });
    expect(await received('second')).toMatchObject({ id: sent?.EventId, detail: { n: 2 } });
  });

  it('is described with the statements of its policy, and denies whom they deny', async () => {
    await bus('guarded');
    const statement = (Effect: string, Sid: string) => ({
      Sid,
      Effect,
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: arn('events', 'event-bus/guarded'),
    });
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement('Deny', 'none'), statement('Allow', 'all')],
    });
    await events.send(new PutPermissionCommand({ EventBusName: 'guarded', Policy: policy }));
    await expect(put('guarded', {})).rejects.toMatchObject({
      message: expect.stringContaining('explicit deny'),
    });
    await events.send(new RemovePermissionCommand({ EventBusName: 'guarded', StatementId: 'none' }));
    expect(await put('guarded', {})).toEqual({ EventId: expect.any(String) });
    const described = await events.send(new DescribeEventBusCommand({ Name: 'guarded' }));
    expect(JSON.parse(described.Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: [statement('Allow', 'all')],
    });
    await expect(
      events.send(
        new PutPermissionCommand({ EventBusName: 'guarded', Policy: '{"Statement":[{"Effect":"Maybe"}]}' }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('is tagged, listed and deleted with its rules', async () => {
    await bus('short');
    await rule('short', 'r', []);
    await events.send(
      new TagResourceCommand({
        ResourceARN: arn('events', 'event-bus/short'),
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    );
    await events.send(
      new TagResourceCommand({
        ResourceARN: arn('events', 'rule/short/r'),
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    );
    const { EventBuses } = await events.send(new ListEventBusesCommand({ NamePrefix: 's' }));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['second', 'short']);
    await events.send(new DeleteEventBusCommand({ Name: 'short' }));
    await expect(put('short', {})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(bus('orders')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(
      events.send(
        new PutRuleCommand({ EventBusName: 'orders', Name: 's', ScheduleExpression: 'rate(1 day)' }),
      ),
    ).rejects.toMatchObject({ message: expect.stringContaining('only on the default event bus') });
  });
});

it('a template makes a bus with its policy, its rule and a target under a role', async () => {
  const roleOf = (Action: string) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      Policies: [
        {
          PolicyName: 'p',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
        },
      ],
    },
  });
  const get = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
  const template = (text: string) => ({
    Resources: {
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'made', Description: text } },
      Policy: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          StatementId: 'mine',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
            Action: 'events:PutEvents',
            Resource: get('Bus'),
          },
        },
      },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'made' } },
      Role: roleOf('sqs:SendMessage'),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['shop'] },
          Targets: [
            {
              Id: 'q',
              Arn: get('Queue'),
              RoleArn: get('Role'),
              InputTransformer: {
                InputPathsMap: { n: '$.detail.n' },
                InputTemplate: `{"n": <n>, "text": "${text}"}`,
              },
            },
          ],
        },
      },
    },
    Outputs: { Rule: { Value: { Ref: 'Rule' } }, Arn: { Value: get('Rule') } },
  });
  const named = { Capabilities: ['CAPABILITY_IAM' as const] };
  const made = await stacks.create('buses', template('one'), named);
  expect(made.StackStatus, (await stacks.story('buses')).join('\n')).toBe('CREATE_COMPLETE');
  const outputs = Object.fromEntries(
    (made.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  expect(outputs.Rule).toMatch(/^made\|buses-Rule-/);
  expect(outputs.Arn).toBe(arn('events', `rule/${outputs.Rule?.replace('|', '/')}`));
  const { Policy } = await events.send(new DescribeEventBusCommand({ Name: 'made' }));
  expect(JSON.parse(Policy ?? '').Statement).toMatchObject([{ Sid: 'mine', Effect: 'Allow' }]);
  await put('made', { n: 5 });
  expect(await received('made')).toEqual({ n: 5, text: 'one' });
  expect((await stacks.update('buses', template('two'), named)).StackStatus).toBe('UPDATE_COMPLETE');
  await put('made', { n: 6 });
  await expect.poll(() => received('made'), { timeout: 20_000 }).toEqual({ n: 6, text: 'two' });
  await stacks.remove('buses');
  await expect(events.send(new DescribeEventBusCommand({ Name: 'made' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it('patterns know blocks of addresses, and are tested against an event', async () => {
  const matches = compilePattern('{"detail":{"ip":[{"cidr":"10.1.0.0/16"}]}}');
  expect([
    matches({ detail: { ip: '10.1.2.3' } }),
    matches({ detail: { ip: '10.2.0.1' } }),
    matches({ detail: { ip: 'x' } }),
  ]).toEqual([true, false, false]);
  expect(() => compilePattern('{"ip":[{"cidr":"10.1.0.0/64"}]}')).toThrow('cidr of "ip"');
  const Event = JSON.stringify({
    id: '1',
    account: '1',
    source: 'a',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 't',
    detail: {},
  });
  const test = (EventPattern: string) => events.send(new TestEventPatternCommand({ Event, EventPattern }));
  expect((await test('{"source":["a"]}')).Result).toBe(true);
  expect((await test('{"source":["b"]}')).Result).toBe(false);
});
