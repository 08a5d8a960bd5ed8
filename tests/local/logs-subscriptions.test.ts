import { gunzipSync } from 'node:zlib';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteSubscriptionFilterCommand,
  DescribeSubscriptionFiltersCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { AddPermissionCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let functions: Functions;
let logs: CloudWatchLogsClient;
let sqs: SQSClient;
let QueueUrl = '';
let destinationArn = '';
const logGroupName = '/test/subscribed';
beforeAll(async () => {
  cloud = await testCloud();
  logs = new CloudWatchLogsClient(cloud.client());
  sqs = new SQSClient(cloud.client());
  ({ QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'received' })));
  functions = functionsOf(
    cloud,
    await functionRole(cloud, 'function-role', ['arn:aws:iam::aws:policy/AdministratorAccess']),
  );
});
afterAll(() => cloud.dispose());

const subscribe = (more: object = {}) =>
  logs.send(
    new PutSubscriptionFilterCommand({
      logGroupName,
      filterName: 'errors',
      filterPattern: '?ERROR ?WARN',
      destinationArn,
      ...more,
    }),
  );

it('hands a function the matching events, when the function’s policy lets it', async () => {
  await functions.create('subscriber', {
    'index.js': `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
      exports.handler = async (event) => new SQSClient().send(
        new SendMessageCommand({ QueueUrl: '${QueueUrl}', MessageBody: JSON.stringify(event) }));`,
  });
  destinationArn = `arn:aws:lambda:us-east-1:${cloud.accountId}:function:subscriber`;
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
  await expect(subscribe()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining('Could not execute the lambda function.'),
  });
  // The principal of the region, as older templates write it.
  await functions.client.send(
    new AddPermissionCommand({
      FunctionName: 'subscriber',
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal: 'logs.us-east-1.amazonaws.com',
      SourceArn: `arn:aws:logs:us-east-1:${cloud.accountId}:log-group:${logGroupName}:*`,
    }),
  );
  await subscribe();
  const timestamp = cloud.clock.now();
  await logs.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName: 's',
      logEvents: ['fine', 'ERROR 1', 'WARN 2'].map((message) => ({ message, timestamp })),
    }),
  );
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
  );
  const { awslogs } = JSON.parse(message?.Body ?? '{}');
  const data = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString());
  expect(data).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: cloud.accountId,
    logGroup: logGroupName,
    logStream: 's',
    subscriptionFilters: ['errors'],
    logEvents: [
      { id: expect.stringMatching(/^\d{56}$/), timestamp, message: 'ERROR 1' },
      { id: expect.stringMatching(/^\d{56}$/), timestamp, message: 'WARN 2' },
    ],
  });
});

it('is listed, replaced by name, limited to two a group, and deleted', async () => {
  await subscribe({ filterPattern: 'ERROR' });
  await subscribe({ filterName: 'second', filterPattern: '' });
  await expect(subscribe({ filterName: 'third' })).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Resource limit exceeded.',
  });
  const describe = async () =>
    (await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }))).subscriptionFilters;
  expect(await describe()).toMatchObject([
    { filterName: 'errors', filterPattern: 'ERROR', destinationArn, distribution: 'ByLogStream' },
    { filterName: 'second', filterPattern: '' },
  ]);
  await logs.send(new DeleteSubscriptionFilterCommand({ logGroupName, filterName: 'second' }));
  expect(await describe()).toHaveLength(1);
  await expect(
    logs.send(new DeleteSubscriptionFilterCommand({ logGroupName, filterName: 'second' })),
  ).rejects.toMatchObject({ message: 'The specified subscription filter does not exist.' });
});

it.each([
  [
    'arn:aws:kinesis:us-east-1:000000000000:stream/s',
    'NotImplemented',
    /^Slipway does not support the destination arn:aws:kinesis/,
  ],
  [
    'arn:aws:lambda:us-east-1:999999999999:function:f',
    'AccessDeniedException',
    /^Cross-account lambda invocation/,
  ],
])('refuses the destination %s', async (destinationArn, name, message) => {
  await expect(subscribe({ destinationArn })).rejects.toMatchObject({
    name,
    message: expect.stringMatching(message),
  });
});
