/** Deleting a stack whose resources somebody has deleted already: each type declares the error that says so. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const allow = (Resource: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource }],
});

const resources = {
  Parameter: ssm('x', {}),
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
  QueuePolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: allow({ 'Fn::GetAtt': ['Queue', 'Arn'] }) },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
  Subscription: {
    Type: 'AWS::SNS::Subscription',
    Properties: {
      TopicArn: { Ref: 'Topic' },
      Protocol: 'sqs',
      Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] },
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'gone-bucket' } },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/gone' } },
  Stream: {
    Type: 'AWS::Logs::LogStream',
    Properties: { LogGroupName: { Ref: 'Logs' }, LogStreamName: 's' },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'gone-role',
      AssumeRolePolicyDocument: JSON.stringify(trust),
      Policies: [
        {
          PolicyName: 'p',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
          },
        },
      ],
    },
  },
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'high',
      Namespace: 'N',
      MetricName: 'M',
      Statistic: 'Sum',
      Period: '60',
      EvaluationPeriods: '1',
      Threshold: '1',
      ComparisonOperator: 'GreaterThanThreshold',
    },
  },
  Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'images' } },
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
  Resource: {
    Type: 'AWS::ApiGateway::Resource',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
      PathPart: 'a',
    },
  },
};

it('counts resources that are already gone as deleted', async () => {
  const stack = await stacks.create(
    'gone',
    { Resources: resources },
    { Capabilities: ['CAPABILITY_NAMED_IAM'] },
  );
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const { invoke } = cloud;
  const id = async (name: string) => (await stacks.resource('gone', name))?.PhysicalResourceId;

  await invoke('ssm', 'DeleteParameter', { Name: await id('Parameter') });
  await invoke('sns', 'DeleteTopic', { TopicArn: await id('Topic') });
  await invoke('sqs', 'DeleteQueue', { QueueUrl: await id('Queue') });
  await invoke('s3', 'DeleteBucket', { Bucket: 'gone-bucket' });
  await invoke('dynamodb', 'DeleteTable', { TableName: 'items' });
  await invoke('logs', 'DeleteLogGroup', { logGroupName: '/gone' });
  await invoke('iam', 'DeleteRolePolicy', { RoleName: 'gone-role', PolicyName: 'p' });
  await invoke('iam', 'DeleteRole', { RoleName: 'gone-role' });
  await invoke('events', 'DeleteRule', { Name: 'hourly' });
  await invoke('cloudwatch', 'DeleteAlarms', { AlarmNames: ['high'] });
  await invoke('ecr', 'DeleteRepository', { repositoryName: 'images' });
  await invoke('apigateway', 'DeleteRestApi', { restApiId: await id('Api') });

  expect((await stacks.remove('gone')).StackStatus).toBe('DELETE_COMPLETE');
});

it('fails when a resource cannot be deleted for another reason', async () => {
  await stacks.create('full', {
    Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'full-bucket' } } },
  });
  await cloud.invoke('s3', 'PutObject', { Bucket: 'full-bucket', Key: 'k', Body: Buffer.from('x') });
  expect((await stacks.remove('full')).StackStatus).toBe('DELETE_FAILED');
});
