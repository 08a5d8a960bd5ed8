/** Fn::GetAtt answers every attribute that AWS's specification has of a type. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSpec } from '../../src/architecture/schema/specs.ts';
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
const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const key = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const get = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
const ref = (Ref: string) => ({ Ref });
const alarm = {
  ...{ ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1 },
  ...{ MetricName: 'm', Namespace: 'n', Period: 60, Statistic: 'Sum' },
};

/** Logical id → type and properties. */
const resources: Readonly<Record<string, readonly [type: string, properties?: object]>> = {
  Queue: ['AWS::SQS::Queue'],
  QueuePolicy: [
    'AWS::SQS::QueuePolicy',
    {
      Queues: [ref('Queue')],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: get('Queue', 'Arn') },
        ],
      },
    },
  ],
  Topic: ['AWS::SNS::Topic', { DisplayName: 'News' }],
  Subscription: [
    'AWS::SNS::Subscription',
    { TopicArn: ref('Topic'), Protocol: 'sqs', Endpoint: get('Queue', 'Arn') },
  ],
  Rule: ['AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' }],
  Alarm: ['AWS::CloudWatch::Alarm', alarm],
  Composite: ['AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'TRUE' }],
  Table: ['AWS::DynamoDB::Table', key],
  GlobalTable: ['AWS::DynamoDB::GlobalTable', { ...key, Replicas: [{ Region: 'us-east-1' }] }],
  Bucket: ['AWS::S3::Bucket'],
  Role: ['AWS::IAM::Role', { AssumeRolePolicyDocument: trust }],
  Policy: ['AWS::IAM::Policy', { PolicyName: 'p', PolicyDocument: allow, Roles: [ref('Role')] }],
  Managed: ['AWS::IAM::ManagedPolicy', { PolicyDocument: allow, Roles: [ref('Role')] }],
  Function: [
    'AWS::Lambda::Function',
    {
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: get('Role', 'Arn'),
      Code: { ZipFile: 'exports.handler = async () => 1' },
    },
  ],
  Version: ['AWS::Lambda::Version', { FunctionName: ref('Function') }],
  Alias: [
    'AWS::Lambda::Alias',
    { FunctionName: ref('Function'), Name: 'live', FunctionVersion: get('Version', 'Version') },
  ],
  Permission: [
    'AWS::Lambda::Permission',
    { FunctionName: ref('Function'), Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
  ],
  Log: ['AWS::Logs::LogGroup'],
  Repository: ['AWS::ECR::Repository'],
  Cluster: ['AWS::ECS::Cluster'],
  Parameter: ['AWS::SSM::Parameter', { Type: 'String', Value: 'x' }],
  Api: ['AWS::ApiGateway::RestApi', { Name: 'api' }],
  Path: [
    'AWS::ApiGateway::Resource',
    { RestApiId: ref('Api'), ParentId: get('Api', 'RootResourceId'), PathPart: 'p' },
  ],
  Key: ['AWS::ApiGateway::ApiKey'],
  Plan: ['AWS::ApiGateway::UsagePlan'],
  PlanKey: [
    'AWS::ApiGateway::UsagePlanKey',
    { UsagePlanId: ref('Plan'), KeyId: ref('Key'), KeyType: 'API_KEY' },
  ],
  Validator: ['AWS::ApiGateway::RequestValidator', { RestApiId: ref('Api'), ValidateRequestBody: true }],
  Handle: ['AWS::CloudFormation::WaitConditionHandle'],
  Vpc: ['AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }],
  Subnet: ['AWS::EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.0.0/24' }],
  Address: ['AWS::EC2::EIP', { Domain: 'vpc' }],
  Group: ['AWS::EC2::SecurityGroup', { GroupDescription: 'g', VpcId: ref('Vpc') }],
};

/** What only a property that is not given, or is refused, brings about. */
const without =
  /^(Table|GlobalTable)\.StreamArn$|^Bucket\.Metadata|Ipv6|VpcEncryptionControl|OutpostArn|^Address\.(Carrier|Customer)/;

it('answers every attribute of the specification, and properties', async () => {
  const specs = await Promise.all(
    Object.entries(resources).map(async ([id, [type]]) => [id, await loadSpec(type)] as const),
  );
  const asked = specs.flatMap(([id, spec]) =>
    (spec?.attributes ?? []).map((attribute) => [id, attribute] as const),
  );
  const wanted = asked.filter(([id, attribute]) => !without.test(`${id}.${attribute}`));
  const json = (value: object) => ({ 'Fn::ToJsonString': [value] });
  const Outputs = Object.fromEntries(
    [...wanted, ['Topic', 'DisplayName'] as const].map(([id, attribute]) => [
      `${id}${attribute.replaceAll('.', '')}`,
      { Value: json(get(id, attribute)) },
    ]),
  );
  const stack = await stacks.create(
    'attributes',
    {
      Transform: 'AWS::LanguageExtensions',
      Resources: Object.fromEntries(
        Object.entries(resources).map(([id, [Type, Properties = {}]]) => [id, { Type, Properties }]),
      ),
      Outputs,
    },
    { Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND'] },
  );
  expect((await stacks.story('attributes')).filter((line) => /FAILED|ROLLBACK_IN/.test(line))).toEqual([]);
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const shown = Object.fromEntries((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
  expect(shown.TopicDisplayName).toBe('["News"]');
  expect(shown.ParameterArn).toMatch(/"arn:aws:ssm:us-east-1:\d{12}:parameter\/CFN-/);
  expect(shown.ManagedAttachmentCount).toBe('[1]');
});

it('refuses an attribute that a type does not have before anything is made', async () => {
  await expect(
    stacks.create('nothing', { Resources: { A: ssm('x'), B: ssm({ 'Fn::GetAtt': ['A', 'Size'] }) } }),
  ).rejects.toThrow('Template error: resource A does not support attribute type Size in Fn::GetAtt');
});
