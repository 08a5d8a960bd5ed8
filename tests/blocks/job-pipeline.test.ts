import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { pipeline, resourcesOf, type Template, templateOf, workerOptions } from './synth.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

function allowedActions(template: Template, policyPrefix: string): string[] {
  const found: string[] = [];
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (resource.Type !== 'AWS::IAM::Policy' || !id.startsWith(policyPrefix)) continue;
    const document = resource.Properties?.PolicyDocument as { readonly Statement: readonly Statement[] };
    for (const statement of document.Statement) found.push(...[statement.Action].flat());
  }
  return found.sort();
}

test('the worker may do exactly what a job takes', () => {
  expect(allowedActions(templateOf(pipeline('prod')), 'JobsWorkerTaskTaskRole')).toEqual([
    'dynamodb:GetItem',
    'dynamodb:UpdateItem',
    's3:GetObject',
    's3:PutObject',
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:ReceiveMessage',
  ]);
});

test('who submits may not read, and who reads may not submit', () => {
  const built = pipeline('prod');
  const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
  built.pipeline.grantSubmit(new Role(built.stack, 'Submitter', { assumedBy }));
  built.pipeline.grantStatus(new Role(built.stack, 'Reader', { assumedBy }));
  const template = templateOf(built);
  expect(allowedActions(template, 'Submitter')).toEqual([
    'dynamodb:PutItem',
    's3:PutObject',
    'sqs:SendMessage',
  ]);
  expect(allowedActions(template, 'Reader')).toEqual(['dynamodb:GetItem', 's3:GetObject']);
});

test('prod keeps its data when the stack goes, dev leaves nothing', () => {
  const policies = (template: Template, type: string) =>
    new Set(resourcesOf(template, type).map((resource) => resource.DeletionPolicy));
  const prod = templateOf(pipeline('prod'));
  const dev = templateOf(pipeline('dev'));
  for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup']) {
    expect(policies(prod, type)).toEqual(new Set(['Retain']));
    expect(policies(dev, type)).toEqual(new Set(['Delete']));
  }
  expect(resourcesOf(prod, 'Custom::S3AutoDeleteObjects')).toEqual([]);
  expect(resourcesOf(dev, 'Custom::S3AutoDeleteObjects')).toHaveLength(3);
  expect(resourcesOf(prod, 'AWS::DynamoDB::Table')[0]?.Properties?.DeletionProtectionEnabled).toBe(true);
});

test('a message has 60 seconds, 14 days and three deliveries before the dead-letter queue', () => {
  const queues = resourcesOf(templateOf(pipeline('prod')), 'AWS::SQS::Queue').map((each) => each.Properties);
  expect(queues.find((queue) => queue?.RedrivePolicy)).toMatchObject({
    VisibilityTimeout: 60,
    MessageRetentionPeriod: 1_209_600,
    RedrivePolicy: { maxReceiveCount: 3 },
    SqsManagedSseEnabled: true,
  });
});

test('nothing reaches a worker from outside, and it reaches HTTPS only', () => {
  const template = templateOf(pipeline('prod'));
  expect(resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  const [group] = resourcesOf(template, 'AWS::EC2::SecurityGroup');
  expect(group?.Properties?.SecurityGroupIngress).toBeUndefined();
  expect(group?.Properties?.SecurityGroupEgress).toMatchObject([
    { FromPort: 443, ToPort: 443, IpProtocol: 'tcp' },
  ]);
  expect(resourcesOf(template, 'AWS::EC2::NatGateway')).toEqual([]);
  expect(resourcesOf(template, 'AWS::EC2::Subnet')).toHaveLength(2);
});

test('private-endpoints has no way to the internet', () => {
  const template = templateOf(pipeline('prod', { network: 'private-endpoints' }));
  expect(resourcesOf(template, 'AWS::EC2::InternetGateway')).toEqual([]);
  expect(resourcesOf(template, 'AWS::EC2::VPCEndpoint')).toHaveLength(6);
  const [service] = resourcesOf(template, 'AWS::ECS::Service');
  expect(JSON.stringify(service)).toContain('"AssignPublicIp":"DISABLED"');
});

test('scales out by steps from 10 waiting messages and in by one task when none has waited for 5 minutes', () => {
  const template = templateOf(pipeline('prod'));
  const steps = resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(
    (policy) => policy.Properties?.StepScalingPolicyConfiguration,
  );
  expect(steps).toMatchObject([
    {
      Cooldown: 60,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 40, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 40, MetricIntervalUpperBound: 190, ScalingAdjustment: 3 },
        { MetricIntervalLowerBound: 190, ScalingAdjustment: 6 },
      ],
    },
    {
      Cooldown: 300,
      StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
    },
  ]);
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map((alarm) => alarm.Properties);
  expect(alarms).toMatchObject([
    { Threshold: 10, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
    { Threshold: 0, EvaluationPeriods: 5, ComparisonOperator: 'LessThanOrEqualToThreshold' },
  ]);
  expect(resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget')[0]?.Properties).toMatchObject({
    MinCapacity: 1,
    MaxCapacity: 10,
  });
});

test('refuses a minimum above the maximum and a deletion before the archive', () => {
  expect(() => pipeline('dev', { worker: { ...workerOptions, minTasks: 3, maxTasks: 2 } })).toThrow(
    'minTasks is 3, above maxTasks (2)',
  );
  expect(() => pipeline('dev', { archiveAfterDays: 30, deleteAfterDays: 30 })).toThrow(
    'deleteAfterDays is 30, which is not after archiveAfterDays (30)',
  );
});
