import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const tls = (Resource: object) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sqs:*',
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

/** A queue with its dead-letter queue, what watches it and what is told: as the job pipeline has them. */
const template = (visibility: number, threshold: string) => ({
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
    Jobs: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: visibility,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 },
      },
    },
    JobsPolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Jobs' }], PolicyDocument: tls(arn('Jobs')) },
    },
    Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 180 } },
    Errors: {
      Type: 'AWS::Logs::MetricFilter',
      Properties: {
        LogGroupName: { Ref: 'Logs' },
        FilterPattern: '{ $.level = "error" }',
        MetricTransformations: [{ MetricName: 'Errors', MetricNamespace: 'Jobs', MetricValue: '1' }],
      },
    },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'Alarms' } },
    TopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'Topic' }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: 'Topic' },
          },
        },
      },
    },
    Mail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'ops@example.org' },
    },
    Depth: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Jobs', 'QueueName'] } }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: threshold,
        ComparisonOperator: 'GreaterThanThreshold',
        AlarmActions: [{ Ref: 'Topic' }],
      },
    },
    Any: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: { AlarmRule: { 'Fn::Sub': 'ALARM("$' + '{Depth}")' } },
    },
    Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: '{"widgets":[]}' } },
  },
  Outputs: { Url: { Value: { Ref: 'Jobs' } }, LogsArn: { Value: arn('Logs') } },
});

it('a stack of queues, logs, alarms and topics comes up, changes in place and goes', async () => {
  const sqs = new SQSClient(cloud.client());
  const made = await stacks.create('pipeline', template(60, '10'));
  expect(made.StackStatus, (await stacks.story('pipeline')).join('\n')).toBe('CREATE_COMPLETE');
  const output = (key: string) => made.Outputs?.find((one) => one.OutputKey === key)?.OutputValue;
  expect(output('LogsArn')).toMatch(/^arn:aws:logs:us-east-1:000000000000:log-group:pipeline-Logs-\w+:\*$/);
  const attributes = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: output('Url'), AttributeNames: ['All'] })))
      .Attributes;
  expect(await attributes()).toMatchObject({
    VisibilityTimeout: '60',
    Policy: expect.stringContaining('aws:SecureTransport'),
    RedrivePolicy: expect.stringContaining(':pipeline-Dead-'),
  });
  const changed = await stacks.update('pipeline', template(90, '20'));
  expect(changed.StackStatus, (await stacks.story('pipeline')).join('\n')).toBe('UPDATE_COMPLETE');
  expect(await attributes()).toMatchObject({ VisibilityTimeout: '90' });
  const gone = await stacks.remove('pipeline');
  expect(gone.StackStatus, (await stacks.story(gone.StackId ?? '')).join('\n')).toBe('DELETE_COMPLETE');
  await expect(attributes()).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});
