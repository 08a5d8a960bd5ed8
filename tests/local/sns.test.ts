import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  AddPermissionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  type MessageAttributeValue,
  PublishBatchCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let sns: SNSClient;
let sqs: SQSClient;
let made = 0;
const events: { name: string; data: Readonly<Record<string, unknown>> }[] = [];
beforeAll(async () => {
  cloud = await testCloud({ host: { notify: (event) => void events.push(event) } });
  sns = new SNSClient(cloud.client());
  sqs = new SQSClient(cloud.client());
});
afterAll(() => cloud.dispose());

const allowed = (Resource: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource },
    ],
  });

async function topic(): Promise<string> {
  return (await sns.send(new CreateTopicCommand({ Name: `t${made++}` }))).TopicArn ?? '';
}
async function subscribedQueue(TopicArn: string, Attributes: Record<string, string> = {}, policy = true) {
  const QueueName = `q${made++}`;
  const Endpoint = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName, ...(policy ? { Attributes: { Policy: allowed(Endpoint) } } : {}) }),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  return async () => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    return Messages ?? [];
  };
}

describe('a message to a topic', () => {
  it('reaches its queues, enveloped or raw', async () => {
    const TopicArn = await topic();
    const wrapped = await subscribedQueue(TopicArn);
    const raw = await subscribedQueue(TopicArn, { RawMessageDelivery: 'true' });
    const { MessageId } = await sns.send(
      new PublishCommand({
        TopicArn,
        Subject: 'Hi',
        Message: 'hello',
        MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } },
      }),
    );
    expect(JSON.parse((await wrapped())[0]?.Body ?? '{}')).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn,
      Subject: 'Hi',
      Message: 'hello',
      MessageAttributes: { colour: { Type: 'String', Value: 'red' } },
    });
    const [bare] = await raw();
    expect(bare?.Body).toBe('hello');
    expect(bare?.MessageAttributes?.colour?.StringValue).toBe('red');
  });
  it('is kept from a queue whose policy does not let SNS in', async () => {
    const TopicArn = await topic();
    const closed = await subscribedQueue(TopicArn, {}, false);
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    expect(await closed()).toEqual([]);
    expect(events.filter((event) => event.name === 'delivery.failed')).toMatchObject([
      { data: { source: TopicArn, reason: expect.stringContaining('sqs:SendMessage'), next: 'lost' } },
    ]);
  });
  it('is filtered by attributes and by body', async () => {
    const TopicArn = await topic();
    const byAttribute = await subscribedQueue(TopicArn, {
      RawMessageDelivery: 'true',
      FilterPolicy: '{"kind":["a",{"prefix":"x-"}],"size":[{"numeric":[">",1,"<=",5]}]}',
    });
    const byBody = await subscribedQueue(TopicArn, {
      RawMessageDelivery: 'true',
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: '{"who":{"name":[{"anything-but":["bob"]}]}}',
    });
    const entry = (Id: string, kind: string, size: string, name: string) => ({
      Id,
      Message: JSON.stringify({ Id, who: { name } }),
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: kind },
        size: { DataType: 'Number', StringValue: size },
      },
    });
    const PublishBatchRequestEntries = [
      entry('1', 'a', '5', 'ann'),
      entry('2', 'x-9', '6', 'bob'),
      entry('3', 'x-9', '2', 'cid'),
    ];
    const sent = await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(sent.Successful).toHaveLength(3);
    const ids = (messages: { Body?: string }[]) => messages.map(({ Body = '' }) => JSON.parse(Body).Id);
    expect(ids(await byAttribute())).toEqual(['1', '3']);
    expect(ids(await byBody())).toEqual(['1', '3']);
  });
  it('tells the host what an email would have said; the address stays pending', async () => {
    const TopicArn = await topic();
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ops@example.org' }),
    );
    expect(SubscriptionArn).toBe('pending confirmation');
    await sns.send(new PublishCommand({ TopicArn, Message: 'disk full' }));
    expect(events.find((event) => event.name === 'message.not-sent')?.data).toMatchObject({
      endpoint: 'ops@example.org',
      message: 'disk full',
    });
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions?.[0]?.SubscriptionArn).toBe('PendingConfirmation');
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(Attributes?.SubscriptionsPending).toBe('1');
  });
});

it('an alarm that goes over notifies its topic, if the policy of the topic lets CloudWatch in', async () => {
  const TopicArn = await topic();
  const inbox = await subscribedQueue(TopicArn, { RawMessageDelivery: 'true' });
  const cloudwatch = new CloudWatchClient(cloud.client());
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'depth',
      Namespace: 'N',
      MetricName: 'm',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [TopicArn],
      OKActions: [TopicArn],
    }),
  );
  const set = (StateValue: 'OK' | 'ALARM') =>
    cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'depth', StateValue, StateReason: 'test' }));
  await set('ALARM');
  expect(JSON.parse((await inbox())[0]?.Body ?? '{}')).toMatchObject({
    AlarmName: 'depth',
    OldStateValue: 'INSUFFICIENT_DATA',
    NewStateValue: 'ALARM',
    Trigger: { MetricName: 'm', Statistic: 'SUM', Threshold: 1 },
  });
  const policy = (Service: string) =>
    sns.send(
      new SetTopicAttributesCommand({
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service },
              Action: 'sns:Publish',
              Resource: TopicArn,
              Condition: { StringEquals: { 'aws:SourceAccount': cloud.accountId } },
            },
          ],
        }),
      }),
    );
  await policy('events.amazonaws.com');
  await set('OK');
  expect(await inbox()).toEqual([]);
  await policy('cloudwatch.amazonaws.com');
  await set('ALARM');
  expect(await inbox()).toHaveLength(1);
});

const invalid = (message: string) => ({
  name: 'InvalidParameterException',
  message: expect.stringContaining(message),
});

describe('a topic', () => {
  it('is made again with what it has, and not with other attributes or tags', async () => {
    const Name = `t${made++}`;
    const create = (more: object) => sns.send(new CreateTopicCommand({ Name, ...more }));
    const { TopicArn } = await create({ Attributes: { DisplayName: 'd' }, Tags: [{ Key: 'a', Value: '1' }] });
    expect((await create({ Attributes: { DisplayName: 'd' } })).TopicArn).toBe(TopicArn);
    expect((await create({})).TopicArn).toBe(TopicArn);
    await expect(create({ Attributes: { DisplayName: 'e' } })).rejects.toMatchObject(
      invalid('different attributes'),
    );
    await expect(create({ Tags: [{ Key: 'b', Value: '1' }] })).rejects.toMatchObject(
      invalid('different tags'),
    );
    const twice = { Key: 'a', Value: '1' };
    await expect(create({ Tags: [twice, twice] })).rejects.toMatchObject(invalid('Duplicated keys'));
    const long = { Key: 'k'.repeat(129), Value: '1' };
    await expect(create({ Tags: [long] })).rejects.toMatchObject(invalid('between 1 and 128 characters'));
  });
  it.each([
    ['not-an-arn', 'An ARN must have at least 6 elements, not 1'],
    ['arn:aws:sns:eu-west-1:000000000000:t', 'TopicArn'],
  ])('is not found by %s', async (TopicArn, text) => {
    await expect(sns.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toMatchObject(invalid(text));
  });
  it('lets others in by permissions, which can be taken away', async () => {
    const TopicArn = await topic();
    const statements = async () => {
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      return JSON.parse(Attributes?.Policy ?? '').Statement;
    };
    const add = (ActionName: string[]) =>
      sns.send(
        new AddPermissionCommand({ TopicArn, Label: 'mine', AWSAccountId: ['111111111111'], ActionName }),
      );
    await add(['Publish']);
    expect((await statements())[1]).toEqual({
      Sid: 'mine',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111111111111:root' },
      Action: 'SNS:Publish',
      Resource: TopicArn,
    });
    await expect(add(['Publish'])).rejects.toMatchObject(invalid('Statement already exists'));
    await expect(add(['Nothing'])).rejects.toMatchObject(invalid('out of service scope'));
    await sns.send(new RemovePermissionCommand({ TopicArn, Label: 'mine' }));
    expect(await statements()).toHaveLength(1);
  });
});

describe('a subscription', () => {
  it('can be ended twice', async () => {
    const TopicArn = await topic();
    await subscribedQueue(TopicArn);
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    const end = () =>
      sns.send(new UnsubscribeCommand({ SubscriptionArn: Subscriptions?.[0]?.SubscriptionArn }));
    await end();
    await end();
    await expect(sns.send(new UnsubscribeCommand({ SubscriptionArn: TopicArn }))).rejects.toMatchObject(
      invalid('SubscriptionId'),
    );
  });

  const keys = (count: number, values: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, key) => [
        `k${key}`,
        Array.from({ length: values }, (_, value) => `${value}`),
      ]),
    );
  const deep = `${'{"a":'.repeat(10_000)}["x"]${'}'.repeat(10_000)}`;
  const nested = '['.repeat(10_000) + ']'.repeat(10_000);
  it.each([
    [{ RedrivePolicy: 'not json' }, 'RedrivePolicy: failed to parse JSON'],
    [{ RedrivePolicy: '{}' }, 'deadLetterTargetArn is an invalid arn'],
    [{ RawMessageDelivery: 'maybe' }, 'Invalid value [maybe]. Must be true or false.'],
    [{ FilterPolicyScope: 'x' }, 'FilterPolicyScope: Invalid value [x]'],
    [{ Fake: 'x' }, 'AttributeName'],
    [{ FilterPolicy: 'not json' }, 'FilterPolicy: failed to parse JSON'],
    [{ FilterPolicy: JSON.stringify(keys(6, 1)) }, 'can not have more than 5 keys'],
    [{ FilterPolicy: JSON.stringify(keys(1, 151)) }, 'too complex'],
    [{ FilterPolicy: JSON.stringify(keys(3, 6)) }, 'too complex'],
    [{ FilterPolicy: `{"a":${nested}}` }, 'Match value must be'],
    [{ FilterPolicy: deep }, 'does not support nested filter policy'],
    [{ FilterPolicy: deep, FilterPolicyScope: 'MessageBody' }, 'too complex'],
    [{ FilterPolicy: '{"a":{"b":["x"]}}' }, 'does not support nested filter policy'],
    [{ FilterPolicy: '{"a":[]}' }, 'Empty arrays are not allowed'],
    [{ FilterPolicy: '{"a":[{"toString":1}]}' }, 'Unrecognized match type toString'],
    [{ FilterPolicy: '{"a":[{"prefix":1}]}' }, 'prefix match pattern must be a string'],
    [{ FilterPolicy: '{"a":[{"prefix":"a","suffix":"b"}]}' }, 'Only one key allowed'],
    [{ FilterPolicy: '{"a":[{"numeric":[">",3,"<",1]}]}' }, 'Bottom must be less than top'],
    [{ FilterPolicy: '{"a":[{"cidr":"10.0.0.0"}]}' }, "Malformed CIDR, one '/' required"],
    [{ FilterPolicy: '{"a":[{"anything-but":{"suffix":"x"}}]}' }, 'Unsupported anything-but pattern: suffix'],
  ])('is refused with the attributes %#', async (Attributes, text) => {
    const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:nowhere';
    await expect(
      sns.send(new SubscribeCommand({ TopicArn: await topic(), Protocol: 'sqs', Endpoint, Attributes })),
    ).rejects.toMatchObject(invalid(text));
  });

  it.each([
    ['{"constructor":[{"exists":true}]}', false],
    ['{"ip":[{"cidr":"10.0.0.0/24"}]}', true],
    ['{"ip":[{"cidr":"10.0.1.0/24"}]}', false],
    ['{"price":[{"numeric":[">",1,"<=",5]}]}', true],
    ['{"ip":[{"anything-but":{"prefix":"10."}}]}', false],
  ])('with the filter %s delivers: %s', async (FilterPolicy, delivered) => {
    const TopicArn = await topic();
    const inbox = await subscribedQueue(TopicArn, { FilterPolicy });
    const MessageAttributes = {
      ip: { DataType: 'String', StringValue: '10.0.0.7' },
      price: { DataType: 'Number', StringValue: '5' },
    };
    await sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageAttributes }));
    expect(await inbox()).toHaveLength(delivered ? 1 : 0);
  });

  it.each([
    ['{"a.b":["x"]}', '{"a":{"b":"x"}}'],
    ['{"a.b":["x"]}', '{"a.b":"x"}'],
    ['{"a":{"b":["x"]}}', '{"a":[[{"b":"x"}],{"b":"y"}]}'],
    ['{"a":["x"]}', `{"a":${'['.repeat(100_000)}"x"${']'.repeat(100_000)}}`],
  ])('with the filter %s on bodies delivers %.20s', async (FilterPolicy, Message) => {
    const TopicArn = await topic();
    const inbox = await subscribedQueue(TopicArn, { FilterPolicy, FilterPolicyScope: 'MessageBody' });
    await sns.send(new PublishCommand({ TopicArn, Message }));
    await sns.send(new PublishCommand({ TopicArn, Message: '{"a":{"b":["z"]}}' }));
    expect(await inbox()).toHaveLength(1);
  });

  it('puts what it cannot deliver into the dead-letter queue, raw when delivery is raw, with the reason', async () => {
    const TopicArn = await topic();
    const name = `q${made++}`;
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { Policy: allowed(deadLetterTargetArn) } }),
    );
    const Attributes = { RawMessageDelivery: 'True', RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) };
    await subscribedQueue(TopicArn, Attributes, false);
    const own = { DataType: 'String', StringValue: 'v' };
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello', MessageAttributes: { own } }));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }),
    );
    expect(Messages?.[0]).toMatchObject({
      Body: 'hello',
      MessageAttributes: { own, ErrorCode: {}, ErrorMessage: {}, RequestID: {} },
    });
  });
});

describe('a message', () => {
  const attribute = (name: string, value: MessageAttributeValue) => ({
    MessageAttributes: { [name]: value },
  });
  const text = { DataType: 'String', StringValue: 'x' };
  it.each([
    [{ Message: 'x'.repeat(262_145) }, 'Message too long'],
    [{ Message: 'x'.repeat(262_140), ...attribute('name', text) }, 'Message too long'],
    [attribute('a..b', text), "successive '.'"],
    [attribute('.a', text), "starting with character '.'"],
    [attribute('a^', text), "Invalid non-alphanumeric character '#x5E'"],
    [attribute('a', { DataType: 'Strange', StringValue: 'x' }), 'invalid message attribute type'],
    [attribute('a', { DataType: 'String', BinaryValue: Buffer.from('x') }), "must use field 'String'"],
    [{ MessageDeduplicationId: 'd' }, 'not valid for this topic type'],
    [
      { TargetArn: 'arn:aws:sns:us-east-1:000000000000:endpoint/APNS/a/b', TopicArn: undefined },
      'No endpoint found',
    ],
  ])('is refused: %#', async (more, message) => {
    const TopicArn = await topic();
    await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x', ...more }))).rejects.toThrow(message);
  });
  it.each([
    [[{ Id: 'a.b' }], 'contains an impermissible character: a.b'],
    [[{ Id: 'a'.repeat(81) }], 'is too long'],
    [[{ Id: 'a' }, { Id: 'a' }], 'have the same Id'],
    [
      [
        { Id: 'a', Message: 'x'.repeat(200_000) },
        { Id: 'b', Message: 'x'.repeat(200_000) },
      ],
      'put together',
    ],
    [[{ Id: 'a' }, { Id: 'b', MessageDeduplicationId: 'd' }], 'not valid for this topic type'],
  ])('of a batch that breaks a rule fails all of it: %#', async (entries, message) => {
    const TopicArn = await topic();
    const inbox = await subscribedQueue(TopicArn);
    const PublishBatchRequestEntries = entries.map((entry) => ({ Message: 'x', ...entry }));
    await expect(sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }))).rejects.toThrow(
      message,
    );
    expect(await inbox()).toEqual([]);
  });
});

describe('a FIFO topic', () => {
  const fifoTopic = async (Attributes: Record<string, string> = {}) =>
    (
      await sns.send(
        new CreateTopicCommand({ Name: `t${made++}.fifo`, Attributes: { FifoTopic: 'true', ...Attributes } }),
      )
    ).TopicArn ?? '';

  it('keeps the order of each group, and takes a message once in five minutes', async () => {
    const TopicArn = await fifoTopic({ ContentBasedDeduplication: 'true' });
    const QueueName = `q${made++}.fifo`;
    const Endpoint = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: 'true', Policy: allowed(Endpoint) } }),
    );
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    const standard = await subscribedQueue(TopicArn, { RawMessageDelivery: 'true' });
    const publish = (Message: string) =>
      sns.send(new PublishCommand({ TopicArn, Message, MessageGroupId: 'g' }));
    const sent = await Promise.all(['1', '2', '3', '4', '5'].map(publish));
    expect(await publish('1')).toMatchObject({
      MessageId: sent[0]?.MessageId,
      SequenceNumber: sent[0]?.SequenceNumber,
    });
    const received = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );
    const notifications = (received.Messages ?? []).map(({ Body }) => JSON.parse(Body ?? ''));
    const numbers = notifications.map(({ SequenceNumber }) => SequenceNumber);
    expect(notifications).toHaveLength(5);
    expect(numbers).toEqual([...numbers].sort());
    expect(received.Messages?.[0]?.Attributes).toMatchObject({ MessageGroupId: 'g' });
    expect(new Set((await standard()).map(({ Body }) => Body))).toEqual(new Set(['1', '2', '3', '4', '5']));
    await cloud.clock.advance(5 * 60_000);
    expect((await publish('1')).MessageId).not.toBe(sent[0]?.MessageId);
  });

  it('needs its suffix, a group, and a way to tell messages apart', async () => {
    await expect(sns.send(new CreateTopicCommand({ Name: 'x.fifo' }))).rejects.toMatchObject(
      invalid('Topic Name'),
    );
    await expect(
      sns.send(new CreateTopicCommand({ Name: 'x', Attributes: { FifoTopic: 'true' } })),
    ).rejects.toMatchObject(invalid('Topic Name'));
    const publish = async (more: object) =>
      sns.send(new PublishCommand({ TopicArn: await fifoTopic(), Message: 'x', ...more }));
    await expect(publish({})).rejects.toMatchObject(invalid('MessageGroupId parameter is required'));
    await expect(publish({ MessageGroupId: 'g' })).rejects.toMatchObject(
      invalid('ContentBasedDeduplication'),
    );
  });

  it('is the only kind that a FIFO queue can subscribe to', async () => {
    const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:any.fifo';
    await expect(
      sns.send(new SubscribeCommand({ TopicArn: await topic(), Protocol: 'sqs', Endpoint })),
    ).rejects.toMatchObject(invalid('FIFO SQS Queues can not be subscribed to standard SNS topics'));
  });
});
