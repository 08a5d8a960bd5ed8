import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let sqs: SQSClient;
let made = 0;
beforeAll(async () => {
  cloud = await testCloud();
  sqs = new SQSClient(cloud.client());
  functions = functionsOf(
    cloud,
    await functionRole(cloud, 'function-role', ['arn:aws:iam::aws:policy/AdministratorAccess']),
  );
});
afterAll(() => cloud.dispose());

/** A queue that the services given may send to. */
async function openQueue(...services: string[]) {
  const QueueName = `queue-${made++}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const arn = `arn:aws:sqs:us-east-1:${cloud.accountId}:${QueueName}`;
  const statement = {
    Effect: 'Allow',
    Principal: { Service: services },
    Action: 'sqs:SendMessage',
    Resource: arn,
  };
  if (services.length > 0)
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
      }),
    );
  return {
    arn,
    async next() {
      for (;;) {
        const { Messages: [message] = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }),
        );
        if (!message) continue;
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        return JSON.parse(message.Body ?? '');
      }
    },
  };
}

/** A function that succeeds when the event says so. */
async function callee(more: { onSuccess?: string; onFailure?: string } = {}): Promise<string> {
  const FunctionName = `function-${made++}`;
  await functions.create(FunctionName, {
    'index.js': 'exports.handler = async (e) => { if (e.fail) throw new Error("asked to"); return "done"; };',
  });
  await functions.client.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName,
      MaximumRetryAttempts: 0,
      DestinationConfig: {
        ...(more.onSuccess ? { OnSuccess: { Destination: more.onSuccess } } : {}),
        ...(more.onFailure ? { OnFailure: { Destination: more.onFailure } } : {}),
      },
    }),
  );
  return FunctionName;
}
const functionArn = (name: string) => `arn:aws:lambda:us-east-1:${cloud.accountId}:function:${name}`;

describe('the end of an asynchronous invocation', () => {
  it('reaches an event bus, as a detail that rules match', async () => {
    const queue = await openQueue('events.amazonaws.com');
    const events = new EventBridgeClient(cloud.client());
    await events.send(
      new PutRuleCommand({
        Name: 'results',
        EventPattern: JSON.stringify({ source: ['lambda'], detail: { responsePayload: ['done'] } }),
      }),
    );
    await events.send(new PutTargetsCommand({ Rule: 'results', Targets: [{ Id: '1', Arn: queue.arn }] }));
    const name = await callee({
      onSuccess: `arn:aws:events:us-east-1:${cloud.accountId}:event-bus/default`,
    });
    await functions.call(name, { n: 1 }, { InvocationType: 'Event' });
    expect(await queue.next()).toMatchObject({
      'detail-type': 'Lambda Function Invocation Result - Success',
      resources: [`${functionArn(name)}:$LATEST`],
      detail: { requestPayload: { n: 1 }, requestContext: { condition: 'Success' } },
    });
  });

  it('reaches a topic', async () => {
    const queue = await openQueue('sns.amazonaws.com');
    const sns = new SNSClient(cloud.client());
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'failures' }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: queue.arn,
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    await functions.call(await callee({ onFailure: TopicArn }), { fail: true }, { InvocationType: 'Event' });
    expect(await queue.next()).toMatchObject({
      requestContext: { condition: 'RetriesExhausted' },
      responsePayload: { errorMessage: 'asked to' },
    });
  });

  it('reaches another function', async () => {
    const queue = await openQueue();
    const second = await callee({ onSuccess: queue.arn });
    const first = await callee({ onSuccess: functionArn(second) });
    await functions.call(first, { n: 2 }, { InvocationType: 'Event' });
    expect(await queue.next()).toMatchObject({ requestPayload: { requestPayload: { n: 2 } } });
  });

  it('is refused to go to a bucket, and as a dead letter to anything but a queue or a topic', async () => {
    await expect(callee({ onFailure: 'arn:aws:s3:::bucket' })).rejects.toThrow(
      'does not support the destination arn:aws:s3:::bucket',
    );
    const FunctionName = await callee();
    const target = functionArn(FunctionName);
    await expect(
      functions.client.send(
        new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig: { TargetArn: target } }),
      ),
    ).rejects.toThrow(`does not support the destination ${target}`);
  });
});

it('an alarm calls a function that lets CloudWatch in, and its history says so when it does not', async () => {
  const queue = await openQueue();
  const FunctionName = await callee({ onSuccess: queue.arn });
  const cloudwatch = new CloudWatchClient(cloud.client());
  const AlarmName = 'calls';
  const alarmArn = `arn:aws:cloudwatch:us-east-1:${cloud.accountId}:alarm:${AlarmName}`;
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      AlarmDescription: 'too many',
      Namespace: 'N',
      MetricName: 'm',
      Dimensions: [{ Name: 'Room', Value: 'kitchen' }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      OKActions: [functionArn(FunctionName)],
      AlarmActions: [functionArn(FunctionName)],
    }),
  );
  const set = (StateValue: 'OK' | 'ALARM') =>
    cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: `now ${StateValue}` }));
  await set('OK');
  const { AlarmHistoryItems = [] } = await cloudwatch.send(
    new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: 'Action' }),
  );
  expect(AlarmHistoryItems[0]?.HistorySummary).toContain('Failed to execute action');
  await functions.client.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'alarm',
      Action: 'lambda:InvokeFunction',
      Principal: 'lambda.alarms.cloudwatch.amazonaws.com',
      SourceArn: alarmArn,
    }),
  );
  await set('ALARM');
  expect((await queue.next()).requestPayload).toMatchObject({
    source: 'aws.cloudwatch',
    alarmArn,
    accountId: cloud.accountId,
    alarmData: {
      alarmName: AlarmName,
      state: { value: 'ALARM', reason: 'now ALARM' },
      previousState: { value: 'OK', reason: 'now OK' },
      configuration: {
        description: 'too many',
        metrics: [
          {
            metricStat: {
              metric: { namespace: 'N', name: 'm', dimensions: { Room: 'kitchen' } },
              period: 60,
              stat: 'Sum',
            },
            returnData: true,
          },
        ],
      },
    },
  });
});

it('a bucket tells the event bus of its objects, whatever else it notifies', async () => {
  const Bucket = 'talkative';
  const s3 = new S3Client(cloud.client());
  const queue = await openQueue('events.amazonaws.com');
  const events = new EventBridgeClient(cloud.client());
  await events.send(
    new PutRuleCommand({
      Name: 'objects',
      EventPattern: JSON.stringify({ source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } }),
    }),
  );
  await events.send(new PutTargetsCommand({ Rule: 'objects', Targets: [{ Id: '1', Arn: queue.arn }] }));
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const NotificationConfiguration = { EventBridgeConfiguration: {} };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  expect(await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).toMatchObject(
    NotificationConfiguration,
  );
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'a plan.json', Body: '12345' }));
  expect(await queue.next()).toMatchObject({
    'detail-type': 'Object Created',
    account: cloud.accountId,
    resources: [`arn:aws:s3:::${Bucket}`],
    detail: {
      bucket: { name: Bucket },
      object: {
        key: 'a plan.json',
        size: 5,
        etag: put.ETag?.replaceAll('"', ''),
        'version-id': put.VersionId,
      },
      requester: cloud.accountId,
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a plan.json' }));
  expect(await queue.next()).toMatchObject({
    'detail-type': 'Object Deleted',
    detail: { reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' },
  });
});

it('a message to a queue of another region or account does not reach the queue of that name here', async () => {
  const queue = await openQueue('sns.amazonaws.com');
  const name = queue.arn.slice(queue.arn.lastIndexOf(':') + 1);
  const elsewhere = [
    `arn:aws:sqs:eu-west-1:${cloud.accountId}:${name}`,
    `arn:aws:sqs:us-east-1:999999999999:${name}`,
  ];
  const sns = new SNSClient(cloud.client());
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'everywhere' }));
  for (const Endpoint of [...elsewhere, queue.arn])
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint,
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
  await sns.send(new PublishCommand({ TopicArn, Message: '"first"' }));
  expect(await queue.next()).toBe('first');
  await expect
    .poll(() => cloud.events.newest(10, 'warning').map((event) => JSON.stringify(event.data)), {
      timeout: 5000,
    })
    .toEqual(
      expect.arrayContaining(
        elsewhere.map((arn) =>
          expect.stringMatching(`${arn}.*(does not exist|is not here: this local cloud)`),
        ),
      ),
    );
  await sns.send(new PublishCommand({ TopicArn, Message: '"second"' }));
  expect(await queue.next()).toBe('second');
});
