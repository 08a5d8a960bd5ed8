/** Text that services parse, nested far deeper than anybody writes it: an error of the service, never a full stack. */
import {
  APIGatewayClient,
  CreateModelCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateStackCommand,
  GetTemplateSummaryCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  PutCompositeAlarmCommand,
  PutDashboardCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  PutMetricFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRepositoryCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreatePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../local/harness.ts';

let cloud: TestCloud;
let topic = '';
let api = '';
let root = '';
beforeAll(async () => {
  cloud = await testCloud();
  const { TopicArn } = await new SNSClient(cloud.client()).send(new CreateTopicCommand({ Name: 'deep' }));
  topic = TopicArn ?? '';
  await new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'deep' }),
  );
  await new CloudWatchLogsClient(cloud.client()).send(new CreateLogGroupCommand({ logGroupName: 'deep' }));
  await new ECRClient(cloud.client()).send(new CreateRepositoryCommand({ repositoryName: 'deep' }));
  const gateway = new APIGatewayClient(cloud.client());
  api = (await gateway.send(new CreateRestApiCommand({ name: 'deep' }))).id ?? '';
  root = (await gateway.send(new GetResourcesCommand({ restApiId: api }))).items?.[0]?.id ?? '';
  await gateway.send(
    new PutMethodCommand({ restApiId: api, resourceId: root, httpMethod: 'GET', authorizationType: 'NONE' }),
  );
});
afterAll(() => cloud.dispose());

const json = (levels: number, leaf = '1') => `${'{"a":'.repeat(levels)}${leaf}${'}'.repeat(levels)}`;
const lists = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
const policy = (condition: string) =>
  `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":${condition}}]}`;
const template = (value: string) =>
  `{"Resources":{"W":{"Type":"AWS::CloudFormation::WaitConditionHandle","Metadata":${value}}}}`;
const joined = (levels: number) => `${'{"Fn::Join":["",["a",'.repeat(levels)}"b"${']]}'.repeat(levels)}`;
const metric = (expression: string) =>
  new GetMetricDataCommand({
    StartTime: new Date(0),
    EndTime: new Date(60_000),
    MetricDataQueries: [{ Id: 'e1', Expression: expression }],
  });

const attempts: readonly (readonly [title: string, call: () => Promise<unknown>])[] = [
  [
    'a stack of nested JSON',
    () =>
      new CloudFormationClient(cloud.client()).send(
        new CreateStackCommand({ StackName: 'a', TemplateBody: template(json(7000)) }),
      ),
  ],
  [
    'a stack of nested lists',
    () =>
      new CloudFormationClient(cloud.client()).send(
        new CreateStackCommand({ StackName: 'b', TemplateBody: template(lists(20_000)) }),
      ),
  ],
  [
    'a stack of nested functions',
    () =>
      new CloudFormationClient(cloud.client()).send(
        new CreateStackCommand({ StackName: 'c', TemplateBody: template(joined(1900)) }),
      ),
  ],
  [
    'a stack of nested YAML in flow style',
    () =>
      new CloudFormationClient(cloud.client()).send(
        new ValidateTemplateCommand({
          TemplateBody: `Resources:\n  A: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
        }),
      ),
  ],
  [
    'a stack of nested YAML in block style',
    () =>
      new CloudFormationClient(cloud.client()).send(
        new GetTemplateSummaryCommand({
          TemplateBody: `Resources:\n${Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}`,
        }),
      ),
  ],
  [
    'nested lists of block style in YAML',
    () =>
      new CloudFormationClient(cloud.client()).send(
        new ValidateTemplateCommand({ TemplateBody: `Resources:\n  ${'- '.repeat(20_000)}a` }),
      ),
  ],
  [
    'a template in S3 that is nested',
    async () => {
      await new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
        new PutObjectCommand({ Bucket: 'deep', Key: 't.json', Body: template(json(150_000)) }),
      );
      return new CloudFormationClient(cloud.client()).send(
        new ValidateTemplateCommand({ TemplateURL: `${cloud.endpoint}/deep/t.json` }),
      );
    },
  ],
  [
    'a policy',
    () =>
      new IAMClient(cloud.client()).send(
        new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: policy(json(20_000)) }),
      ),
  ],
  [
    'a trust policy',
    () =>
      new IAMClient(cloud.client()).send(
        new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: policy(lists(60_000)) }),
      ),
  ],
  [
    'a policy of a bucket',
    () =>
      new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
        new PutBucketPolicyCommand({ Bucket: 'deep', Policy: policy(json(30_000)) }),
      ),
  ],
  [
    'the version of a policy of a bucket',
    () =>
      new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
        new PutBucketPolicyCommand({ Bucket: 'deep', Policy: `{"Version":${json(5000)},"Statement":[]}` }),
      ),
  ],
  [
    'a policy of a topic',
    () =>
      new SNSClient(cloud.client()).send(
        new SetTopicAttributesCommand({
          TopicArn: topic,
          AttributeName: 'Policy',
          AttributeValue: policy(json(30_000)),
        }),
      ),
  ],
  [
    'a filter policy',
    () =>
      new SNSClient(cloud.client()).send(
        new SubscribeCommand({
          TopicArn: topic,
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:us-east-1:${cloud.accountId}:q`,
          Attributes: { FilterPolicyScope: 'MessageBody', FilterPolicy: json(30_000, '["b"]') },
        }),
      ),
  ],
  [
    'a structured message',
    () =>
      new SNSClient(cloud.client()).send(
        new PublishCommand({ TopicArn: topic, MessageStructure: 'json', Message: json(30_000) }),
      ),
  ],
  [
    'a redrive policy',
    () =>
      new SQSClient(cloud.client()).send(
        new CreateQueueCommand({ QueueName: 'q', Attributes: { RedrivePolicy: json(30_000) } }),
      ),
  ],
  [
    'a policy of a queue',
    () =>
      new SQSClient(cloud.client()).send(
        new CreateQueueCommand({ QueueName: 'q2', Attributes: { Policy: policy(json(30_000)) } }),
      ),
  ],
  [
    'an event pattern',
    () =>
      new EventBridgeClient(cloud.client()).send(
        new PutRuleCommand({ Name: 'r', EventPattern: `${json(400, '[1]')}}` }),
      ),
  ],
  [
    'an event pattern that is not too long',
    () =>
      new EventBridgeClient(cloud.client()).send(
        new PutRuleCommand({ Name: 'r', EventPattern: json(680, '[1]') }),
      ),
  ],
  [
    'the detail of an event',
    () =>
      new EventBridgeClient(cloud.client()).send(
        new PutEventsCommand({ Entries: [{ Source: 'a', DetailType: 'b', Detail: json(40_000) }] }),
      ),
  ],
  [
    'the input of a target',
    () =>
      new EventBridgeClient(cloud.client()).send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [{ Id: 'a', Arn: `arn:aws:sqs:us-east-1:${cloud.accountId}:q`, Input: lists(4000) }],
        }),
      ),
  ],
  [
    'a filter pattern',
    () =>
      new CloudWatchLogsClient(cloud.client()).send(
        new FilterLogEventsCommand({
          logGroupName: 'deep',
          filterPattern: `{ ${'('.repeat(500)}$.a = 1${')'.repeat(500)} }`,
        }),
      ),
  ],
  [
    'a metric filter',
    () =>
      new CloudWatchLogsClient(cloud.client()).send(
        new PutMetricFilterCommand({
          logGroupName: 'deep',
          filterName: 'f',
          filterPattern: `{ ${'('.repeat(1000)}$.a = 1 }`,
          metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }],
        }),
      ),
  ],
  [
    'metric math in brackets',
    () => new CloudWatchClient(cloud.client()).send(metric(`${'('.repeat(1000)}1${')'.repeat(1000)}`)),
  ],
  ['metric math with signs', () => new CloudWatchClient(cloud.client()).send(metric(`${'-'.repeat(2000)}1`))],
  [
    'metric math with functions',
    () => new CloudWatchClient(cloud.client()).send(metric(`${'ABS('.repeat(400)}1${')'.repeat(400)}`)),
  ],
  [
    'metric math in lists',
    () => new CloudWatchClient(cloud.client()).send(metric(`${'['.repeat(1000)}1${']'.repeat(1000)}`)),
  ],
  [
    'the rule of an alarm',
    () =>
      new CloudWatchClient(cloud.client()).send(
        new PutCompositeAlarmCommand({
          AlarmName: 'c',
          AlarmRule: `${'('.repeat(5000)}TRUE${')'.repeat(5000)}`,
        }),
      ),
  ],
  [
    'the rule of an alarm with NOT',
    () =>
      new CloudWatchClient(cloud.client()).send(
        new PutCompositeAlarmCommand({ AlarmName: 'c', AlarmRule: `${'NOT '.repeat(2500)}TRUE` }),
      ),
  ],
  [
    'a dashboard',
    () =>
      new CloudWatchClient(cloud.client()).send(
        new PutDashboardCommand({ DashboardName: 'd', DashboardBody: json(100_000) }),
      ),
  ],
  [
    'a policy of a repository',
    () =>
      new ECRClient(cloud.client()).send(
        new SetRepositoryPolicyCommand({ repositoryName: 'deep', policyText: policy(json(1600)) }),
      ),
  ],
  [
    'a lifecycle policy',
    () =>
      new ECRClient(cloud.client()).send(
        new PutLifecyclePolicyCommand({ repositoryName: 'deep', lifecyclePolicyText: json(4000) }),
      ),
  ],
  [
    'a model of an API',
    () =>
      new APIGatewayClient(cloud.client()).send(
        new CreateModelCommand({
          restApiId: api,
          name: 'm',
          contentType: 'application/json',
          schema: `${'{"properties":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`,
        }),
      ),
  ],
  [
    'a mapping template with #if',
    () =>
      new APIGatewayClient(cloud.client()).send(
        new PutIntegrationCommand({
          restApiId: api,
          resourceId: root,
          httpMethod: 'GET',
          type: 'MOCK',
          requestTemplates: { 'application/json': `${'#if(true)'.repeat(20_000)}a${'#end'.repeat(20_000)}` },
        }),
      ),
  ],
  [
    'a mapping template in brackets',
    () =>
      new APIGatewayClient(cloud.client()).send(
        new PutIntegrationCommand({
          restApiId: api,
          resourceId: root,
          httpMethod: 'GET',
          type: 'MOCK',
          requestTemplates: { 'application/json': `#set($a = ${'('.repeat(20_000)}1${')'.repeat(20_000)})` },
        }),
      ),
  ],
  [
    'a mapping template in lists',
    () =>
      new APIGatewayClient(cloud.client()).send(
        new PutIntegrationCommand({
          restApiId: api,
          resourceId: root,
          httpMethod: 'GET',
          type: 'MOCK',
          requestTemplates: { 'application/json': `#set($a = ${'['.repeat(20_000)}1${']'.repeat(20_000)})` },
        }),
      ),
  ],
  [
    'a mapping template with !',
    () =>
      new APIGatewayClient(cloud.client()).send(
        new PutIntegrationCommand({
          restApiId: api,
          resourceId: root,
          httpMethod: 'GET',
          type: 'MOCK',
          requestTemplates: { 'application/json': `#set($a = ${'!'.repeat(20_000)}true)` },
        }),
      ),
  ],
];

it.each(attempts)('%s, nested too deep, is answered', async (_title, call) => {
  const status = await call().then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode ?? 0,
  );
  // 501 names what is not supported.
  expect([200, 400, 409, 501]).toContain(status);
});
