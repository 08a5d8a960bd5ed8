/** Lists in pages: tokens are opaque, and a token that was not given out gets the service's own error. */

import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

it('shows each item once, and none twice when an earlier one is deleted between two pages', async () => {
  const sqs = new SQSClient(cloud.client());
  for (const QueueName of ['a', 'b', 'c', 'd', 'e']) await sqs.send(new CreateQueueCommand({ QueueName }));
  const names = (urls: readonly string[] = []) => urls.map((url) => url.slice(url.lastIndexOf('/') + 1));
  const first = await sqs.send(new ListQueuesCommand({ MaxResults: 2 }));
  expect(names(first.QueueUrls)).toEqual(['a', 'b']);
  await sqs.send(new DeleteQueueCommand({ QueueUrl: first.QueueUrls?.[0] }));
  const second = await sqs.send(new ListQueuesCommand({ MaxResults: 2, NextToken: first.NextToken }));
  expect(names(second.QueueUrls)).toEqual(['c', 'd']);
  const last = await sqs.send(new ListQueuesCommand({ MaxResults: 2, NextToken: second.NextToken }));
  expect(names(last.QueueUrls)).toEqual(['e']);
  expect(last.NextToken).toBeUndefined();
});

it.each<[service: string, call: () => Promise<unknown>, code: string]>([
  [
    'CloudFormation',
    () => new CloudFormationClient(cloud.client()).send(new ListStacksCommand({ NextToken: 'x' })),
    'ValidationError',
  ],
  [
    'CloudFront',
    () => new CloudFrontClient(cloud.client()).send(new ListDistributionsCommand({ Marker: 'x' })),
    'InvalidArgument',
  ],
  [
    'CloudWatch',
    () => new CloudWatchClient(cloud.client()).send(new ListMetricsCommand({ NextToken: 'x' })),
    'InvalidNextToken',
  ],
  [
    'CloudWatch Logs',
    () => new CloudWatchLogsClient(cloud.client()).send(new DescribeLogGroupsCommand({ nextToken: 'x' })),
    'InvalidParameterException',
  ],
  [
    'ECR',
    () => new ECRClient(cloud.client()).send(new DescribeRepositoriesCommand({ nextToken: 'x' })),
    'InvalidParameterException',
  ],
  [
    'ECS',
    () => new ECSClient(cloud.client()).send(new ListClustersCommand({ nextToken: 'x' })),
    'InvalidParameterException',
  ],
  [
    'EventBridge',
    () => new EventBridgeClient(cloud.client()).send(new ListRulesCommand({ NextToken: 'x' })),
    'ValidationException',
  ],
  [
    'Lambda',
    () => new LambdaClient(cloud.client()).send(new ListFunctionsCommand({ Marker: 'x' })),
    'InvalidParameterValueException',
  ],
  [
    'SNS',
    () => new SNSClient(cloud.client()).send(new ListTopicsCommand({ NextToken: 'x' })),
    'InvalidParameterException',
  ],
  [
    'SQS',
    () => new SQSClient(cloud.client()).send(new ListQueuesCommand({ NextToken: 'x', MaxResults: 1 })),
    'InvalidParameterValue',
  ],
])('%s refuses a token that it did not give out', async (_, call, code) => {
  await expect(call()).rejects.toMatchObject({ name: code });
});
