import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
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

it('refuses FIFO topics by name', async () => {
  await expect(
    sns.send(new CreateTopicCommand({ Name: 'x.fifo', Attributes: { FifoTopic: 'true' } })),
  ).rejects.toThrow('does not support FIFO topics');
});
