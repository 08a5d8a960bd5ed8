/** Sizes and numbers that AWS's services stop at, and patterns of users that would take for ever. */
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

const statement = (words: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...words }] });
const trust = (more = {}) =>
  statement({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole', ...more });
/** A policy of that many characters and more. */
const long = (length: number) =>
  statement({ Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket/${'a'.repeat(length)}` });

describe('policies of IAM', () => {
  const iam = () => new IAMClient(cloud.client());
  beforeAll(async () => {
    await iam().send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust() }));
    await iam().send(new CreateUserCommand({ UserName: 'u' }));
  });

  it.each<[title: string, call: () => Promise<unknown>, text: string]>([
    [
      'a managed policy',
      () => iam().send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: long(6144) })),
      'Cannot exceed quota for PolicySize: 6144',
    ],
    [
      'a trust policy',
      () =>
        iam().send(
          new CreateRoleCommand({
            RoleName: 'r2',
            AssumeRolePolicyDocument: trust({
              Condition: { StringLike: { 'aws:SourceArn': `arn:${'a'.repeat(2048)}` } },
            }),
          }),
        ),
      'Cannot exceed quota for ACLSizePerRole: 2048',
    ],
    [
      'the policies of a role together',
      async () => {
        for (const PolicyName of ['a', 'b', 'c'])
          await iam().send(
            new PutRolePolicyCommand({ RoleName: 'r', PolicyName, PolicyDocument: long(3400) }),
          );
      },
      'Maximum policy size of 10240 bytes exceeded for role r',
    ],
    [
      'the policies of a user together',
      () =>
        iam().send(new PutUserPolicyCommand({ UserName: 'u', PolicyName: 'a', PolicyDocument: long(2048) })),
      'Maximum policy size of 2048 bytes exceeded for user u',
    ],
  ])('%s is refused when it is too long', async (_title, call, message) => {
    await expect(call()).rejects.toMatchObject({ name: 'LimitExceededException', message });
  });

  it('does not count white space', async () => {
    const PolicyDocument = JSON.stringify(JSON.parse(long(6000)), null, 200);
    expect(PolicyDocument.length).toBeGreaterThan(6144);
    await iam().send(new CreatePolicyCommand({ PolicyName: 'spaced', PolicyDocument }));
  });

  it('finds no policy under a name that every object has', async () => {
    await expect(
      iam().send(new GetRolePolicyCommand({ RoleName: 'r', PolicyName: 'constructor' })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('datapoints of CloudWatch', () => {
  const cloudwatch = () => new CloudWatchClient(cloud.client());
  const century = { StartTime: new Date('1926-01-01'), EndTime: new Date('2026-01-01') };
  const metric = (Period: number, Stat = 'Sum') => ({
    Id: 'm',
    MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period, Stat },
    ReturnData: false,
  });

  it('are refused beyond 1,440 of one metric, with their number', async () => {
    const EndTime = new Date(43_201 * 60_000);
    await expect(
      cloudwatch().send(
        new GetMetricStatisticsCommand({
          ...{ Namespace: 'n', MetricName: 'm', Period: 60, Statistics: ['Sum'] },
          ...{ StartTime: new Date(0), EndTime },
        }),
      ),
    ).rejects.toMatchObject({
      message:
        'You have requested up to 43,201 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.',
    });
  });

  it('of an expression are refused beyond what one call answers', async () => {
    const fill = { Id: 'e', Expression: 'FILL(m, 0)' };
    await expect(
      cloudwatch().send(new GetMetricDataCommand({ MetricDataQueries: [metric(1), fill], ...century })),
    ).rejects.toMatchObject({ message: expect.stringContaining('exceeds the limit of 100,800') });
    await cloudwatch().send(
      new GetMetricDataCommand({ MetricDataQueries: [metric(86_400), fill], ...century }),
    );
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'have no statistic %s',
    async (name) => {
      await expect(
        cloudwatch().send(new GetMetricDataCommand({ MetricDataQueries: [metric(60, name)], ...century })),
      ).rejects.toMatchObject({ message: expect.stringContaining(`The value ${name} for parameter Stat`) });
      await expect(
        cloudwatch().send(
          new GetMetricDataCommand({
            MetricDataQueries: [{ Id: 'e', Expression: `${name.replaceAll('_', '')}(1)` }],
            StartTime: new Date(0),
            EndTime: new Date(60_000),
          }),
        ),
      ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
    },
  );
});

describe('patterns of users', () => {
  const value = `${'a'.repeat(40)}!`;

  it('AllowedPattern of SSM is matched in linear time', async () => {
    await expect(
      new SSMClient(cloud.client()).send(
        new PutParameterCommand({ Name: 'p', Value: value, Type: 'String', AllowedPattern: '^(a+)+$' }),
      ),
    ).rejects.toMatchObject({ name: 'ParameterPatternMismatchException' });
  });

  it.each([
    ['^(a+)+$', 'must match pattern ^(a+)+$'],
    ['(?=(a+)+$)a*!', 'must match pattern (?=(a+)+$)a*! (matching was given up, because it took too long)'],
  ])('AllowedPattern %s of a stack is answered', async (AllowedPattern, text) => {
    const cloudformation = new CloudFormationClient(cloud.client());
    const TemplateBody = JSON.stringify({
      Parameters: { P: { Type: 'String', AllowedPattern } },
      Resources: { Q: { Type: 'AWS::SQS::Queue' } },
    });
    await expect(
      cloudformation.send(
        new CreateStackCommand({
          StackName: 'pattern',
          TemplateBody,
          Parameters: [{ ParameterKey: 'P', ParameterValue: value }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(text) });
    await expect(cloudformation.send(new DescribeStacksCommand({ StackName: 'pattern' }))).rejects.toThrow();
  });

  it('wildcards of a log filter do not backtrack', async () => {
    const logs = new CloudWatchLogsClient(cloud.client());
    const logGroupName = 'wildcards';
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }));
    await logs.send(
      new PutLogEventsCommand({
        ...{ logGroupName, logStreamName: 's' },
        logEvents: [
          { timestamp: Date.now(), message: JSON.stringify({ a: 'a'.repeat(100_000) }) },
          { timestamp: Date.now(), message: JSON.stringify({ a: `${'xa'.repeat(100)}b` }) },
        ],
      }),
    );
    const { events } = await logs.send(
      new FilterLogEventsCommand({ logGroupName, filterPattern: `{ $.a = "${'*a'.repeat(60)}*b" }` }),
    );
    expect(events).toHaveLength(1);
  });
});
