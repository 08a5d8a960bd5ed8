/** One name belongs to one resource: what carries it already is never taken over, changed or deleted by another stack. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const key = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const alarm = {
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  MetricName: 'm',
  Namespace: 'n',
  Period: 60,
  Statistic: 'Sum',
  Threshold: 1,
};

/** Type → properties that name it, and the name as it is told. */
const named: Readonly<Record<string, readonly [properties: object, name: string]>> = {
  'AWS::SQS::Queue': [{ QueueName: 'jobs' }, 'jobs'],
  'AWS::SNS::Topic': [{ TopicName: 'news' }, 'news'],
  'AWS::Events::Rule': [{ Name: 'nightly', ScheduleExpression: 'rate(1 day)' }, 'nightly'],
  'AWS::CloudWatch::Alarm': [{ AlarmName: 'late', ...alarm }, 'late'],
  'AWS::CloudWatch::CompositeAlarm': [{ AlarmName: 'both', AlarmRule: 'TRUE' }, 'both'],
  'AWS::CloudWatch::Dashboard': [{ DashboardName: 'board', DashboardBody: '{"widgets":[]}' }, 'board'],
  'AWS::ECS::Cluster': [{ ClusterName: 'work' }, 'work'],
  'AWS::IAM::Role': [{ RoleName: 'doer', AssumeRolePolicyDocument: trust }, 'doer'],
  'AWS::IAM::ManagedPolicy': [{ ManagedPolicyName: 'may', PolicyDocument: policy }, 'may'],
  'AWS::Logs::LogGroup': [{ LogGroupName: '/app/log' }, '/app/log'],
  'AWS::Logs::LogStream': [{ LogGroupName: 'shared', LogStreamName: 'one' }, 'shared|one'],
  'AWS::Logs::MetricFilter': [
    {
      LogGroupName: 'shared',
      FilterName: 'errors',
      FilterPattern: 'ERROR',
      MetricTransformations: [{ MetricName: 'e', MetricNamespace: 'n', MetricValue: '1' }],
    },
    'shared|errors',
  ],
  'AWS::Logs::ResourcePolicy': [
    {
      PolicyName: 'write',
      PolicyDocument: JSON.stringify({ ...policy, Statement: [{ ...policy.Statement[0], Principal: '*' }] }),
    },
    'write',
  ],
  'AWS::SSM::Parameter': [{ Name: '/app/size', Type: 'String', Value: '1' }, '/app/size'],
  'AWS::ECR::Repository': [{ RepositoryName: 'images' }, 'images'],
  'AWS::S3::Bucket': [{ BucketName: 'files-of-names-test' }, 'files-of-names-test'],
  'AWS::S3::BucketPolicy': [
    {
      Bucket: 'shared-bucket-of-names-test',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:DeleteObject',
            Resource: 'arn:aws:s3:::shared-bucket-of-names-test/*',
          },
        ],
      },
    },
    'shared-bucket-of-names-test',
  ],
  'AWS::DynamoDB::Table': [{ TableName: 'rows', ...key }, 'rows'],
  'AWS::DynamoDB::GlobalTable': [
    { TableName: 'global', ...key, Replicas: [{ Region: 'us-east-1' }] },
    'global',
  ],
  'AWS::Lambda::Function': [
    {
      FunctionName: 'run',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/shared' },
      Code: { ZipFile: 'exports.handler = async () => 1' },
    },
    'run',
  ],
  'AWS::Lambda::Alias': [{ FunctionName: 'shared', Name: 'live', FunctionVersion: '$LATEST' }, 'live'],
  'AWS::Lambda::EventInvokeConfig': [
    { FunctionName: 'shared', Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
    'shared|$LATEST',
  ],
  'AWS::CloudFront::Function': [
    {
      Name: 'edge',
      FunctionCode: 'function handler(event) { return event.request; }',
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
    },
    'edge',
  ],
};

const shared = {
  Resources: {
    Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'shared' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shared-bucket-of-names-test' } },
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'shared', AssumeRolePolicyDocument: trust } },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'shared',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async () => 1' },
      },
    },
  },
};

beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
  await stacks.create('shared', shared, { Capabilities: ['CAPABILITY_NAMED_IAM'] });
});
afterAll(() => cloud.dispose());

const create = (name: string, Resources: object) =>
  stacks.create(name, { Resources }, { Capabilities: ['CAPABILITY_NAMED_IAM'] });

/** Why the resource failed, as the events tell it. */
const why = async (stackId: string | undefined, logicalId = 'It') =>
  (await stacks.events(stackId ?? '')).find(
    (one) => one.LogicalResourceId === logicalId && one.ResourceStatus === 'CREATE_FAILED',
  )?.ResourceStatusReason;

describe.each(Object.entries(named))('%s', (Type, [Properties, told]) => {
  const short = Type.replaceAll(':', '');
  const one = { It: { Type, Properties } };

  it('of one name is made by one stack, whose resource outlives the failure of another', async () => {
    const first = await create(`${short}A`, one);
    expect(first.StackStatus).toBe('CREATE_COMPLETE');
    for (const name of ['B', 'C']) {
      const second = await create(`${short}${name}`, one);
      expect(second.StackStatus).toBe('ROLLBACK_COMPLETE');
      expect(await why(second.StackId)).toBe(`${told} already exists in stack ${first.StackId}`);
      expect((await stacks.remove(`${short}${name}`)).StackStatus).toBe('DELETE_COMPLETE');
    }
    expect((await stacks.remove(`${short}A`)).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('of one name cannot be twice in a stack, and is not adopted from outside of any', async () => {
    const twice = await create(`${short}D`, { ...one, Other: { Type, Properties } });
    expect(twice.StackStatus).toBe('ROLLBACK_COMPLETE');
    const reasons = [await why(twice.StackId), await why(twice.StackId, 'Other')].join('\n');
    expect(reasons).toContain(`${told}`);
    expect(reasons).toMatch(/already exists/);
    const kept = await create(`${short}E`, { It: { ...one.It, DeletionPolicy: 'Retain' } });
    expect(kept.StackStatus).toBe('CREATE_COMPLETE');
    await stacks.remove(`${short}E`);
    const third = await create(`${short}F`, one);
    expect(third.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await why(third.StackId)).toContain(
      `Resource of type '${Type}' with identifier '${told}' already exists.`,
    );
  });
});

it('refuses to replace a resource that the template goes on naming', async () => {
  const queue = (more: object) => ({
    Resources: {
      It: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'kept.fifo', FifoQueue: true, ...more } },
    },
  });
  await stacks.create('replaced', queue({}));
  const stack = await stacks.update('replaced', {
    Resources: { It: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'kept.fifo' } } },
  });
  expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await stacks.story('replaced')).join('\n')).toContain(
    'CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename kept.fifo and update the stack again.',
  );
});
