/** Cloud Control: the resources of every type that is here, live or kept, by one set of calls, as Terraform's awscc makes them. */
import {
  CancelResourceRequestCommand,
  CloudControlClient,
  CreateResourceCommand,
  type CreateResourceInput,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  ListResourceRequestsCommand,
  ListResourcesCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from '@aws-sdk/client-cloudcontrol';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let control: CloudControlClient;
beforeAll(async () => {
  cloud = await testCloud();
  control = new CloudControlClient(cloud.client());
});
afterAll(() => cloud.dispose());

async function ended(event: ProgressEvent | undefined): Promise<ProgressEvent> {
  for (let now = event; ; ) {
    if (now?.OperationStatus && !now.OperationStatus.endsWith('IN_PROGRESS')) return now;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const RequestToken = event?.RequestToken;
    now = (await control.send(new GetResourceRequestStatusCommand({ RequestToken }))).ProgressEvent;
  }
}

const create = async (TypeName: string, state: object, more: Partial<CreateResourceInput> = {}) =>
  ended(
    (
      await control.send(
        new CreateResourceCommand({ TypeName, DesiredState: JSON.stringify(state), ...more }),
      )
    ).ProgressEvent,
  );
const read = async (TypeName: string, Identifier: string | undefined) => {
  const { ResourceDescription } = await control.send(new GetResourceCommand({ TypeName, Identifier }));
  return JSON.parse(ResourceDescription?.Properties ?? '{}');
};
const update = async (TypeName: string, Identifier: string | undefined, patch: object[]) =>
  ended(
    (
      await control.send(
        new UpdateResourceCommand({ TypeName, Identifier, PatchDocument: JSON.stringify(patch) }),
      )
    ).ProgressEvent,
  );
const remove = async (TypeName: string, Identifier: string | undefined) =>
  ended((await control.send(new DeleteResourceCommand({ TypeName, Identifier }))).ProgressEvent);

/** A type, what it is made of, a change, and what the change leaves. */
const members: readonly (readonly [type: string, state: object, patch: object, after: object])[] = [
  [
    'AWS::SQS::Queue',
    { QueueName: 'cc' },
    { op: 'add', path: '/DelaySeconds', value: 5 },
    { DelaySeconds: 5 },
  ],
  [
    'AWS::SNS::Topic',
    { TopicName: 'cc' },
    { op: 'add', path: '/DisplayName', value: 'x' },
    { DisplayName: 'x' },
  ],
  [
    'AWS::S3::Bucket',
    { BucketName: 'cc-bucket' },
    { op: 'add', path: '/VersioningConfiguration', value: { Status: 'Enabled' } },
    { VersioningConfiguration: { Status: 'Enabled' } },
  ],
  [
    'AWS::Logs::LogGroup',
    { LogGroupName: 'cc' },
    { op: 'add', path: '/RetentionInDays', value: 7 },
    { RetentionInDays: 7 },
  ],
  [
    'AWS::SSM::Parameter',
    { Name: 'cc', Type: 'String', Value: 'a' },
    { op: 'replace', path: '/Value', value: 'b' },
    { Value: 'b' },
  ],
  [
    'AWS::DynamoDB::Table',
    {
      ...{
        TableName: 'cc-table',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      },
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
    { op: 'add', path: '/DeletionProtectionEnabled', value: false },
    { DeletionProtectionEnabled: false },
  ],
  [
    'AWS::IAM::Role',
    {
      RoleName: 'cc',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    },
    { op: 'add', path: '/Description', value: 'x' },
    { Description: 'x' },
  ],
  [
    'AWS::Events::Rule',
    { Name: 'cc', ScheduleExpression: 'rate(1 day)' },
    { op: 'add', path: '/State', value: 'DISABLED' },
    { State: 'DISABLED' },
  ],
  [
    'AWS::ECS::Cluster',
    { ClusterName: 'cc' },
    { op: 'add', path: '/Tags', value: [{ Key: 'a', Value: 'b' }] },
    { Tags: [{ Key: 'a', Value: 'b' }] },
  ],
  [
    'AWS::ECR::Repository',
    { RepositoryName: 'cc' },
    { op: 'add', path: '/ImageTagMutability', value: 'IMMUTABLE' },
    { ImageTagMutability: 'IMMUTABLE' },
  ],
  [
    'AWS::ApiGateway::RestApi',
    { Name: 'cc' },
    { op: 'add', path: '/Description', value: 'x' },
    { Description: 'x' },
  ],
  [
    'AWS::CloudWatch::Alarm',
    {
      ...{ AlarmName: 'cc', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Threshold: 1 },
      ...{ MetricName: 'm', Namespace: 'n', Period: 60, Statistic: 'Sum' },
    },
    { op: 'replace', path: '/Threshold', value: 2 },
    { Threshold: 2 },
  ],
  [
    'AWS::EC2::VPC',
    { CidrBlock: '10.0.0.0/16' },
    { op: 'add', path: '/EnableDnsSupport', value: true },
    { EnableDnsSupport: true },
  ],
  [
    'AWS::Backup::BackupVault',
    { BackupVaultName: 'cc' },
    { op: 'add', path: '/BackupVaultTags', value: { a: 'b' } },
    { BackupVaultTags: { a: 'b' } },
  ],
  [
    'AWS::Budgets::Budget',
    { Budget: { BudgetName: 'cc', BudgetType: 'COST', TimeUnit: 'MONTHLY' } },
    { op: 'replace', path: '/Budget/TimeUnit', value: 'DAILY' },
    { Budget: { TimeUnit: 'DAILY' } },
  ],
];

describe('Cloud Control', () => {
  it.each(members)('makes, reads, changes and deletes %s', async (type, state, patch, after) => {
    const made = await create(type, state);
    expect(made.StatusMessage).toBeUndefined();
    expect(made).toMatchObject({ OperationStatus: 'SUCCESS', Operation: 'CREATE', TypeName: type });
    const id = made.Identifier;
    expect(await read(type, id)).toMatchObject(state);
    expect(JSON.parse(made.ResourceModel ?? '{}')).toMatchObject(state);
    expect(await update(type, id, [patch])).toMatchObject({ OperationStatus: 'SUCCESS', Identifier: id });
    expect(await read(type, id)).toMatchObject(after);
    expect(await remove(type, id)).toMatchObject({ OperationStatus: 'SUCCESS', Operation: 'DELETE' });
    await expect(read(type, id)).rejects.toThrow(
      expect.objectContaining({
        name: 'ResourceNotFoundException',
        message: `Resource of type '${type}' with identifier '${id}' was not found.`,
      }),
    );
    await expect(remove(type, id)).rejects.toThrow('was not found');
  });

  it('changes the resource itself, and answers its read-only attributes', async () => {
    const { Identifier = '' } = await create('AWS::SQS::Queue', {
      QueueName: 'real',
      VisibilityTimeout: '40',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(Identifier).toContain('/real');
    const sqs = new SQSClient(cloud.client());
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: Identifier,
        AttributeNames: ['VisibilityTimeout', 'QueueArn'],
      }),
    );
    expect(Attributes?.VisibilityTimeout).toBe('40');
    expect(await read('AWS::SQS::Queue', Identifier)).toMatchObject({
      ...{ Arn: Attributes?.QueueArn, QueueUrl: Identifier, VisibilityTimeout: 40 },
      Tags: [{ Key: 'a', Value: 'b' }],
    });
  });

  it('reads and deletes what a stack made, and lists kept resources of both', async () => {
    const stacks = deployer(cloud);
    await stacks.create('made', {
      Resources: {
        Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'of-a-stack' } },
        Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'of-a-stack' } },
      },
    });
    const topic = await stacks.resource('made', 'Topic');
    expect(await read('AWS::SNS::Topic', topic?.PhysicalResourceId)).toMatchObject({
      TopicName: 'of-a-stack',
    });
    await create('AWS::Backup::BackupVault', { BackupVaultName: 'of-its-own' });
    const { ResourceDescriptions = [] } = await control.send(
      new ListResourcesCommand({ TypeName: 'AWS::Backup::BackupVault' }),
    );
    expect(ResourceDescriptions.map((one) => one.Identifier)).toEqual(['of-a-stack', 'of-its-own']);
    const taken = await create('AWS::Backup::BackupVault', { BackupVaultName: 'of-a-stack' });
    expect(taken).toMatchObject({ OperationStatus: 'FAILED', ErrorCode: 'AlreadyExists' });
  });

  it('takes the same client token for the same request only', async () => {
    const ask = (name: string) =>
      create('AWS::Logs::LogGroup', { LogGroupName: name }, { ClientToken: 'token' });
    const first = await ask('once');
    expect((await ask('once')).RequestToken).toBe(first.RequestToken);
    await expect(ask('twice')).rejects.toThrow(
      expect.objectContaining({ name: 'ClientTokenConflictException' }),
    );
  });

  it('lists requests, and cancels none that has ended', async () => {
    const made = await create('AWS::Logs::LogGroup', { LogGroupName: 'told' });
    const { ResourceRequestStatusSummaries = [] } = await control.send(
      new ListResourceRequestsCommand({
        ResourceRequestStatusFilter: { Operations: ['CREATE'], OperationStatuses: ['SUCCESS'] },
        MaxResults: 100,
      }),
    );
    expect(ResourceRequestStatusSummaries.map((one) => one.RequestToken)).toContain(made.RequestToken);
    const cancel = new CancelResourceRequestCommand({ RequestToken: made.RequestToken });
    await expect(control.send(cancel)).rejects.toThrow('only one that is PENDING or IN_PROGRESS');
    const unknown = new GetResourceRequestStatusCommand({
      RequestToken: '00000000-0000-4000-8000-000000000000',
    });
    await expect(control.send(unknown)).rejects.toThrow(
      expect.objectContaining({ name: 'RequestTokenNotFoundException' }),
    );
  });

  it('needs its own permission, and those of the calls that the handler makes', async () => {
    const iam = new IAMClient(cloud.client());
    await iam.send(new CreateUserCommand({ UserName: 'controller' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'controller' }));
    const credentials = {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    };
    const theirs = new CloudControlClient(cloud.client(credentials));
    const ask = () =>
      theirs.send(
        new CreateResourceCommand({ TypeName: 'AWS::SQS::Queue', DesiredState: '{"QueueName":"theirs"}' }),
      );
    await expect(ask()).rejects.toThrow(/cloudformation:CreateResource/);
    await iam.send(
      new PutUserPolicyCommand({
        ...{ UserName: 'controller', PolicyName: 'p' },
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' }],
        }),
      }),
    );
    const done = await ended((await ask()).ProgressEvent);
    expect(done).toMatchObject({ OperationStatus: 'FAILED', ErrorCode: 'AccessDenied' });
    expect(done.StatusMessage).toContain('sqs:');
  });

  it('keeps what it made, and its requests, over a restart', async () => {
    const { stateDirectory } = cloud;
    const made = await create('AWS::EC2::TransitGateway', { Description: 'kept' });
    await cloud.close();
    cloud = await testCloud({ stateDirectory });
    control = new CloudControlClient(cloud.client());
    expect(await read('AWS::EC2::TransitGateway', made.Identifier)).toMatchObject({ Description: 'kept' });
    const status = new GetResourceRequestStatusCommand({ RequestToken: made.RequestToken });
    expect((await control.send(status)).ProgressEvent).toEqual(made);
  });

  it('tells in the progress what the service refuses', async () => {
    await create('AWS::S3::Bucket', { BucketName: 'twice-made' });
    expect(await create('AWS::S3::Bucket', { BucketName: 'twice-made' })).toMatchObject({
      ...{ OperationStatus: 'FAILED', ErrorCode: 'AlreadyExists' },
      StatusMessage: "Resource of type 'AWS::S3::Bucket' with identifier 'twice-made' already exists.",
    });
  });
});

describe('Cloud Control refuses', () => {
  const wrong: readonly (readonly [
    what: string,
    ask: () => Promise<unknown>,
    error: string,
    says: string,
  ])[] = [
    [
      'a type that AWS does not have',
      () => create('AWS::No::Such', {}),
      'TypeNotFoundException',
      "The type 'AWS::No::Such' cannot be found.",
    ],
    [
      'a type without handlers',
      () => create('AWS::CloudFormation::WaitCondition', {}),
      'UnsupportedActionException',
      'does not support CREATE action',
    ],
    ['a type that is not here', () => create('AWS::EKS::Cluster', {}), 'NotImplemented', 'AWS::EKS::Cluster'],
    [
      'a state outside of the schema',
      () => create('AWS::SQS::Queue', { Size: 1 }),
      'ValidationException',
      'Model validation failed (#: extraneous key [Size] is not permitted)',
    ],
    [
      'a state that is no object',
      () => create('AWS::SQS::Queue', []),
      'ValidationException',
      'not a JSON object',
    ],
    [
      'a patch of what cannot change',
      () => update('AWS::Logs::LogGroup', 'told', [{ op: 'replace', path: '/LogGroupName', value: 'x' }]),
      'ValidationException',
      'Invalid patch update: createOnlyProperties [/properties/LogGroupName] cannot be updated',
    ],
    [
      'a patch of what is read',
      () => update('AWS::Logs::LogGroup', 'told', [{ op: 'add', path: '/Arn', value: 'x' }]),
      'ValidationException',
      'Invalid patch update: readOnlyProperties [/properties/Arn] cannot be updated',
    ],
    [
      'a patch that does not fit',
      () => update('AWS::Logs::LogGroup', 'told', [{ op: 'remove', path: '/RetentionInDays' }]),
      'ValidationException',
      'cannot be applied',
    ],
    [
      'a list of a live type',
      () => control.send(new ListResourcesCommand({ TypeName: 'AWS::SQS::Queue' })),
      'NotImplemented',
      'ask its own service',
    ],
  ];
  it.each(wrong)('%s', async (_, ask, name, says) => {
    await expect(ask()).rejects.toThrow(
      expect.objectContaining({ name, message: expect.stringContaining(says) }),
    );
  });
});
