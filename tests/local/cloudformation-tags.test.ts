/** Tags of a stack are tags of its resources: when they are made, when only the stack's tags change, and taken back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Invoke } from '../../src/local/service.ts';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

interface Case {
  readonly properties: object;
  /** The resource's tags, as its service answers them. */
  tags(invoke: Invoke, id: string, arn: (service: string, resource: string) => string): Promise<unknown>;
  /** AWS's API shows none of CloudFormation's own. */
  readonly hidden?: true;
  /** Where the resource's own tags are. */
  readonly own?: (Tags: readonly object[]) => object;
}

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const table = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};

const cases: Readonly<Record<string, Case>> = {
  'AWS::SQS::Queue': {
    properties: {},
    hidden: true,
    tags: async (invoke, QueueUrl) => (await invoke('sqs', 'ListQueueTags', { QueueUrl })).Tags,
  },
  'AWS::SNS::Topic': {
    properties: {},
    tags: async (invoke, ResourceArn) => (await invoke('sns', 'ListTagsForResource', { ResourceArn })).Tags,
  },
  'AWS::Events::Rule': {
    properties: { ScheduleExpression: 'rate(1 day)' },
    tags: async (invoke, id, arn) =>
      (await invoke('events', 'ListTagsForResource', { ResourceARN: arn('events', `rule/${id}`) })).Tags,
  },
  'AWS::CloudWatch::CompositeAlarm': {
    properties: { AlarmRule: 'TRUE' },
    tags: async (invoke, id, arn) =>
      (await invoke('cloudwatch', 'ListTagsForResource', { ResourceARN: arn('cloudwatch', `alarm:${id}`) }))
        .Tags,
  },
  'AWS::CloudWatch::Dashboard': {
    properties: { DashboardBody: '{"widgets":[]}' },
    tags: async (invoke, id, arn) => {
      const ResourceARN = arn('cloudwatch', `dashboard/${id}`).replace(':us-east-1:', '::');
      return (await invoke('cloudwatch', 'ListTagsForResource', { ResourceARN })).Tags;
    },
  },
  'AWS::DynamoDB::Table': {
    properties: table,
    hidden: true,
    tags: async (invoke, id, arn) =>
      (await invoke('dynamodb', 'ListTagsOfResource', { ResourceArn: arn('dynamodb', `table/${id}`) })).Tags,
  },
  'AWS::DynamoDB::GlobalTable': {
    properties: table,
    hidden: true,
    own: (Tags) => ({ Replicas: [{ Region: 'us-east-1', Tags }] }),
    tags: async (invoke, id, arn) =>
      (await invoke('dynamodb', 'ListTagsOfResource', { ResourceArn: arn('dynamodb', `table/${id}`) })).Tags,
  },
  'AWS::IAM::Role': {
    properties: { AssumeRolePolicyDocument: trust },
    tags: async (invoke, RoleName) => (await invoke('iam', 'GetRole', { RoleName })).Role?.Tags,
  },
  'AWS::Logs::LogGroup': {
    properties: {},
    tags: async (invoke, id, arn) =>
      (await invoke('logs', 'ListTagsForResource', { resourceArn: arn('logs', `log-group:${id}`) })).tags,
  },
  'AWS::S3::Bucket': {
    properties: {},
    tags: async (invoke, Bucket) => (await invoke('s3', 'GetBucketTagging', { Bucket })).TagSet,
  },
  'AWS::ECR::Repository': {
    properties: {},
    tags: async (invoke, id, arn) =>
      (await invoke('ecr', 'ListTagsForResource', { resourceArn: arn('ecr', `repository/${id}`) })).tags,
  },
  'AWS::ApiGateway::RestApi': {
    properties: { Name: 'tagged' },
    tags: async (invoke, restApiId) => (await invoke('apigateway', 'GetRestApi', { restApiId })).tags,
  },
  'AWS::ECS::Cluster': {
    properties: {},
    hidden: true,
    tags: async (invoke, id, arn) => {
      const resourceArn = arn('ecs', `cluster/${id}`);
      const { tags = [] } = await invoke('ecs', 'ListTagsForResource', { resourceArn });
      return tags.map(({ key: Key, value: Value }) => ({ Key, Value }));
    },
  },
};

/** Lists of keys and values, and maps, as one map, without CloudFormation's own. */
function asMap(tags: unknown): Record<string, string> {
  const all = Array.isArray(tags) ? tags.map(({ Key, Value }) => [Key, Value]) : Object.entries(tags ?? {});
  return Object.fromEntries(all);
}

it.each(Object.entries(cases))('%s has the tags of its stack', async (Type, given) => {
  const name = Type.replaceAll(':', '');
  const Tags = [
    { Key: 'own', Value: 'x' },
    { Key: 'wins', Value: 'own' },
  ];
  const one = { Type, Properties: { ...given.properties, ...(given.own?.(Tags) ?? { Tags }) } };
  const template = { Resources: { It: one } };
  const of = (team: string) => ({
    Capabilities: ['CAPABILITY_IAM' as const],
    Tags: [
      { Key: 'team', Value: team },
      { Key: `is-${team}`, Value: 'y' },
      { Key: 'wins', Value: 'stack' },
    ],
  });
  const read = async () => {
    const { PhysicalResourceId = '' } = (await stacks.resource(name, 'It')) ?? {};
    const arn = (service: string, resource: string) =>
      `arn:aws:${service}:us-east-1:${cloud.accountId}:${resource}`;
    const all = asMap(await given.tags(cloud.invoke, PhysicalResourceId, arn));
    const system = Object.keys(all).filter((key) => key.startsWith('aws:'));
    const rest = Object.entries(all).filter(([key]) => !key.startsWith('aws:'));
    return { system: system.length, tags: Object.fromEntries(rest) };
  };
  const wanted = (team: string) => ({
    system: given.hidden ? 0 : 3,
    tags: { own: 'x', wins: 'own', team, [`is-${team}`]: 'y' },
  });
  expect((await stacks.create(name, template, of('a'))).StackStatus).toBe('CREATE_COMPLETE');
  expect(await read()).toEqual(wanted('a'));
  expect((await stacks.update(name, template, of('b'))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await read()).toEqual(wanted('b'));
  const bad = {
    Type: 'AWS::Logs::LogStream',
    DependsOn: 'It',
    Properties: { LogGroupName: 'no-such-group' },
  };
  const failed = await stacks.update(name, { Resources: { It: one, Bad: bad } }, of('c'));
  expect(failed.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await read()).toEqual(wanted('b'));
});
