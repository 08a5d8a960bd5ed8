/** Accounts and regions: what has a name in one is not in another, and what crosses does so by the policies of both. */

import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  GetRestApisCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateClusterCommand, ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { EventBridgeClient, ListRulesCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, type TestCloud, testCloud } from './harness.ts';

const other = '111122223333';
const far = 'eu-west-1';

let cloud: TestCloud;
/** Of the administrator of the other account. */
let otherKeys: ClientOptions['credentials'];

beforeAll(async () => {
  cloud = await testCloud();
  otherKeys = await assume(`arn:aws:iam::${other}:role/OrganizationAccountAccessRole`);
});
afterAll(() => cloud.dispose());

async function assume(
  RoleArn: string,
  options: { credentials?: ClientOptions['credentials']; ExternalId?: string } = {},
): Promise<ClientOptions['credentials']> {
  const sts = new STSClient(cloud.client(options.credentials));
  const { Credentials: made } = await sts.send(
    new AssumeRoleCommand({
      RoleArn,
      RoleSessionName: 'test',
      ...(options.ExternalId === undefined ? {} : { ExternalId: options.ExternalId }),
    }),
  );
  return {
    accessKeyId: made?.AccessKeyId ?? '',
    secretAccessKey: made?.SecretAccessKey ?? '',
    sessionToken: made?.SessionToken ?? '',
  };
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

const clientOf = ({ accountId, region }: Place): ClientOptions => ({
  ...cloud.client(accountId === other ? otherKeys : undefined),
  region,
});

interface Kind {
  readonly service: string;
  /** Makes one of this name, and answers its ARN, or what else says where it is. */
  make(config: ClientOptions, name: string): Promise<string | undefined>;
  /** What is there, as texts that end in their names. */
  list(config: ClientOptions): Promise<readonly (string | undefined)[]>;
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
});

const kinds: readonly Kind[] = [
  {
    service: 'sqs',
    make: async (config, QueueName) =>
      (await new SQSClient(config).send(new CreateQueueCommand({ QueueName }))).QueueUrl,
    list: async (config) => (await new SQSClient(config).send(new ListQueuesCommand({}))).QueueUrls ?? [],
  },
  {
    service: 'sns',
    make: async (config, Name) =>
      (await new SNSClient(config).send(new CreateTopicCommand({ Name }))).TopicArn,
    list: async (config) =>
      ((await new SNSClient(config).send(new ListTopicsCommand({}))).Topics ?? []).map((one) => one.TopicArn),
  },
  {
    service: 'dynamodb',
    make: async (config, TableName) =>
      (
        await new DynamoDBClient(config).send(
          new CreateTableCommand({
            TableName,
            BillingMode: 'PAY_PER_REQUEST',
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          }),
        )
      ).TableDescription?.TableArn,
    list: async (config) =>
      (await new DynamoDBClient(config).send(new ListTablesCommand({}))).TableNames ?? [],
  },
  {
    service: 'logs',
    make: async (config, logGroupName) => {
      const client = new CloudWatchLogsClient(config);
      await client.send(new CreateLogGroupCommand({ logGroupName }));
      return (await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName })))
        .logGroups?.[0]?.arn;
    },
    list: async (config) =>
      ((await new CloudWatchLogsClient(config).send(new DescribeLogGroupsCommand({}))).logGroups ?? []).map(
        (one) => one.logGroupName,
      ),
  },
  {
    service: 'ecr',
    make: async (config, repositoryName) =>
      (await new ECRClient(config).send(new CreateRepositoryCommand({ repositoryName }))).repository
        ?.repositoryUri,
    list: async (config) =>
      ((await new ECRClient(config).send(new DescribeRepositoriesCommand({}))).repositories ?? []).map(
        (one) => one.repositoryName,
      ),
  },
  {
    service: 'ecs',
    make: async (config, clusterName) =>
      (await new ECSClient(config).send(new CreateClusterCommand({ clusterName }))).cluster?.clusterArn,
    list: async (config) => (await new ECSClient(config).send(new ListClustersCommand({}))).clusterArns ?? [],
  },
  {
    service: 'events',
    make: async (config, Name) =>
      (
        await new EventBridgeClient(config).send(
          new PutRuleCommand({ Name, EventPattern: JSON.stringify({ source: ['app'] }) }),
        )
      ).RuleArn,
    list: async (config) =>
      ((await new EventBridgeClient(config).send(new ListRulesCommand({}))).Rules ?? []).map(
        (one) => one.Name,
      ),
  },
  {
    service: 'cloudwatch',
    make: async (config, AlarmName) => {
      const client = new CloudWatchClient(config);
      await client.send(
        new PutMetricAlarmCommand({
          AlarmName,
          Namespace: 'App',
          MetricName: 'Errors',
          Statistic: 'Sum',
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanThreshold',
        }),
      );
      return (await client.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0]
        ?.AlarmArn;
    },
    list: async (config) =>
      ((await new CloudWatchClient(config).send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []).map(
        (one) => one.AlarmName,
      ),
  },
  {
    service: 'ssm',
    make: async (config, Name) => {
      const client = new SSMClient(config);
      await client.send(new PutParameterCommand({ Name, Value: 'v', Type: 'String' }));
      return (await client.send(new GetParameterCommand({ Name }))).Parameter?.ARN;
    },
    list: async (config) => {
      const found = await new SSMClient(config)
        .send(new GetParameterCommand({ Name: 'same-name' }))
        .catch(() => undefined);
      return found ? [found.Parameter?.Name] : [];
    },
  },
  {
    service: 'apigateway',
    make: async (config, name) => {
      const { id } = await new APIGatewayClient(config).send(new CreateRestApiCommand({ name }));
      return `${config.region} ${id}`;
    },
    list: async (config) =>
      ((await new APIGatewayClient(config).send(new GetRestApisCommand({}))).items ?? []).map(
        (one) => one.name,
      ),
  },
  {
    service: 'cloudformation',
    make: async (config, StackName) => {
      const client = new CloudFormationClient(config);
      const TemplateBody = JSON.stringify({
        Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
        Outputs: {
          Where: { Value: { 'Fn::Sub': `\${AWS::AccountId} \${AWS::Region}` } },
          Zone: { Value: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
        },
      });
      const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateBody }));
      await waitUntilStackCreateComplete(
        { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
        { StackName },
      );
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
      const outputs = Object.fromEntries(
        (Stacks[0]?.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]),
      );
      expect(outputs.Zone).toBe(`${config.region}a`);
      return `${StackId} ${outputs.Where}`;
    },
    list: async (config) =>
      ((await new CloudFormationClient(config).send(new DescribeStacksCommand({}))).Stacks ?? []).map(
        (one) => one.StackName,
      ),
  },
];

describe('one name in two regions and two accounts is as many things, each saying where it is', () => {
  it.each(kinds.map((kind) => [kind.service, kind] as const))('%s', async (_, { make, list }) => {
    const places: readonly Place[] = [
      { accountId: cloud.accountId, region: 'us-east-1' },
      { accountId: cloud.accountId, region: far },
      { accountId: other, region: 'us-east-1' },
      { accountId: other, region: far },
    ];
    const made: (string | undefined)[] = [];
    for (const place of places) {
      const config = clientOf(place);
      expect((await list(config)).filter((name) => name?.endsWith('same-name'))).toEqual([]);
      const said = await make(config, 'same-name');
      // URLs of queues in the home region, and ids of APIs, do not say all of it.
      if (!said?.startsWith('http') || place.region === far) expect(said).toContain(place.region);
      if (!/^[a-z0-9-]+ [a-z0-9]{10}$/.test(said ?? '')) expect(said).toContain(place.accountId);
      made.push(said);
      expect((await list(config)).filter((name) => name?.endsWith('same-name'))).toHaveLength(1);
    }
    expect(new Set(made).size).toBe(4);
  });
});

it('roles are of an account, and of all of its regions', async () => {
  const make = { RoleName: 'shared', AssumeRolePolicyDocument: trust };
  const names = async (place: Place) =>
    ((await new IAMClient(clientOf(place)).send(new ListRolesCommand({}))).Roles ?? []).map((one) => one.Arn);
  const { Role } = await new IAMClient(clientOf({ accountId: other, region: far })).send(
    new CreateRoleCommand(make),
  );
  expect(Role?.Arn).toBe(`arn:aws:iam::${other}:role/shared`);
  expect(await names({ accountId: other, region: 'us-east-1' })).toContain(Role?.Arn);
  expect(await names({ accountId: cloud.accountId, region: far })).not.toContainEqual(
    expect.stringContaining('shared'),
  );
});

it.each([
  ['eu-wets-9', 'there is no region eu-wets-9; did you mean eu-west-'],
  ['cn-north-1', 'the region cn-north-1 is of China (aws-cn), which Slipway does not run'],
  ['us-gov-west-1', 'of AWS GovCloud (aws-us-gov)'],
])('a client of the region %s is told that it is not here', async (region, message) => {
  const client = new SQSClient({ ...cloud.client(), region });
  await expect(client.send(new ListQueuesCommand({}))).rejects.toThrow(message);
});

describe('buckets', () => {
  const s3 = (place: Partial<Place> = {}) =>
    new S3Client({
      ...clientOf({ accountId: cloud.accountId, region: 'us-east-1', ...place }),
      forcePathStyle: true,
    });

  it('have one list of names for all accounts and regions', async () => {
    await s3({ region: far }).send(
      new CreateBucketCommand({ Bucket: 'taken', CreateBucketConfiguration: { LocationConstraint: far } }),
    );
    const again = (client: S3Client) => client.send(new CreateBucketCommand({ Bucket: 'taken' }));
    await expect(again(s3())).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    await expect(again(s3({ accountId: other }))).rejects.toMatchObject({ name: 'BucketAlreadyExists' });
    const names = async (client: S3Client) =>
      ((await client.send(new ListBucketsCommand({}))).Buckets ?? []).map((one) => one.Name);
    expect(await names(s3())).toContain('taken');
    expect(await names(s3({ accountId: other }))).not.toContain('taken');
  });

  it('answer where they are in every region, and all else in their own', async () => {
    const Bucket = 'far-away';
    await s3().send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: far } }),
    );
    expect((await s3().send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe(far);
    const put = { Bucket, Key: 'k', Body: 'v' };
    await expect(s3().send(new PutObjectCommand(put))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: { httpStatusCode: 301 },
    });
    const redirected = new S3Client({ ...cloud.client(), forcePathStyle: true, followRegionRedirects: true });
    await redirected.send(new PutObjectCommand(put));
    const { BucketRegion } = await s3({ region: far }).send(new HeadBucketCommand({ Bucket }));
    expect(BucketRegion).toBe(far);
    expect((await s3({ region: far }).send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
  });

  it.each([
    ['eu-central-1', 'eu-west-1' as const, 'IllegalLocationConstraintException'],
    ['us-east-1', 'eu-wets-9' as 'eu-west-1', 'InvalidLocationConstraint'],
  ])('a request to %s does not make one in %s', async (region, constraint, name) => {
    const create = new CreateBucketCommand({
      Bucket: 'not-made',
      CreateBucketConfiguration: { LocationConstraint: constraint },
    });
    await expect(s3({ region }).send(create)).rejects.toMatchObject({ name });
  });

  it('are opened to another account by their policy and its own policies together', async () => {
    const Bucket = 'shared-data';
    await s3().send(new CreateBucketCommand({ Bucket }));
    const put = () => s3({ accountId: other }).send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'v' }));
    await expect(put()).rejects.toMatchObject({ name: 'AccessDenied' });
    await s3().send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${other}:root` },
            Action: 's3:PutObject',
            Resource: `arn:aws:s3:::${Bucket}/*`,
          },
        }),
      }),
    );
    await put();
    await expect(s3({ accountId: other }).send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('a queue of another account', () => {
  it('takes what its policy and the sender’s own policies both allow', async () => {
    const own = new SQSClient(clientOf({ accountId: cloud.accountId, region: far }));
    const sender = new SQSClient(clientOf({ accountId: other, region: far }));
    const { QueueUrl } = await own.send(new CreateQueueCommand({ QueueName: 'inbox' }));
    const send = () => sender.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
    const { Attributes } = await own.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    await own.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: {
          Policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: other },
              Action: 'sqs:SendMessage',
              Resource: Attributes?.QueueArn,
            },
          }),
        },
      }),
    );
    await send();
    const { Messages } = await own.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.map((one) => one.Body)).toEqual(['hello']);
    // The URL says the region: a queue of that name elsewhere is not meant.
    await new SQSClient(clientOf({ accountId: cloud.accountId, region: 'us-west-2' })).send(
      new CreateQueueCommand({ QueueName: 'inbox' }),
    );
    await expect(
      new SQSClient(clientOf({ accountId: cloud.accountId, region: 'us-west-2' })).send(
        new SendMessageCommand({ QueueUrl, MessageBody: 'lost' }),
      ),
    ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});

describe('a role of another account', () => {
  const identity = async (credentials: ClientOptions['credentials']) =>
    (await new STSClient(cloud.client(credentials)).send(new GetCallerIdentityCommand({}))).Arn;

  it('is taken on by whom its trust policy names, with the external id that it asks for', async () => {
    const iam = new IAMClient(clientOf({ accountId: other, region: 'us-east-1' }));
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'partner',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${cloud.accountId}:root` },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': 'secret' } },
          },
        }),
      }),
    );
    const RoleArn = `arn:aws:iam::${other}:role/partner`;
    const keys = await assume(RoleArn, { ExternalId: 'secret' });
    expect(await identity(keys)).toBe(`arn:aws:sts::${other}:assumed-role/partner/test`);
    await expect(assume(RoleArn)).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(RoleArn, { ExternalId: 'guessed' })).rejects.toMatchObject({ name: 'AccessDenied' });
    // A role without policies may do nothing, whatever the account.
    await expect(new SQSClient(cloud.client(keys)).send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('is not taken on when its trust policy names nobody of the account', async () => {
    await new IAMClient(clientOf({ accountId: other, region: 'us-east-1' })).send(
      new CreateRoleCommand({ RoleName: 'closed', AssumeRolePolicyDocument: trust }),
    );
    await expect(assume(`arn:aws:iam::${other}:role/closed`)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('makes no account that nobody administers', async () => {
    await expect(assume('arn:aws:iam::999999999999:role/any')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(
      assume('arn:aws:iam::999999999999:role/OrganizationAccountAccessRole', { credentials: otherKeys }),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

it('a topic delivers to a queue of another account and region whose policy lets it in', async () => {
  const queues = new SQSClient(clientOf({ accountId: other, region: far }));
  const topics = new SNSClient(clientOf({ accountId: cloud.accountId, region: 'us-east-1' }));
  const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'news' }));
  const QueueArn = `arn:aws:sqs:${far}:${other}:news`;
  const allow = (from: string | undefined) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QueueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': from } },
      },
    });
  const { QueueUrl } = await queues.send(
    new CreateQueueCommand({ QueueName: 'news', Attributes: { Policy: allow('arn:aws:sns:*:*:nobody') } }),
  );
  await topics.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: QueueArn,
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  await topics.send(new PublishCommand({ TopicArn, Message: 'denied' }));
  await expect
    .poll(() =>
      cloud.events
        .newest(20, 'warning')
        .map((event) => JSON.stringify(event.data))
        .join(),
    )
    .toContain('no resource-based policy allows the sqs:SendMessage action');
  await queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: allow(TopicArn) } }));
  await topics.send(new PublishCommand({ TopicArn, Message: 'allowed' }));
  const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
  expect(Messages?.map((one) => one.Body)).toEqual(['allowed']);
});

it('an API answers at its own address alone, whatever region it is in', async () => {
  const made: string[] = [];
  for (const region of ['us-east-1', far]) {
    const api = new APIGatewayClient(clientOf({ accountId: cloud.accountId, region }));
    const { id: restApiId, rootResourceId: resourceId } = await api.send(
      new CreateRestApiCommand({ name: region }),
    );
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await api.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await api.send(
      new PutIntegrationCommand({
        ...method,
        type: 'MOCK',
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
      }),
    );
    await api.send(new PutMethodResponseCommand({ ...method, statusCode: '200' }));
    await api.send(
      new PutIntegrationResponseCommand({
        ...method,
        statusCode: '200',
        responseTemplates: { 'application/json': JSON.stringify({ region }) },
      }),
    );
    await api.send(new CreateDeploymentCommand({ restApiId, stageName: 'v1' }));
    made.push(restApiId ?? '');
    const answer = await fetch(`${cloud.endpoint}/_aws/execute-api/${restApiId}/v1/`);
    expect(await answer.json()).toEqual({ region });
  }
  expect((await fetch(`${cloud.endpoint}/_aws/execute-api/none/v1/`)).status).toBe(403);
});

it('accounts, regions and sessions are there again after a restart', async () => {
  const before = await testCloud();
  const { stateDirectory } = before;
  const sts = new STSClient(before.client());
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${other}:role/OrganizationAccountAccessRole`,
      RoleSessionName: 'test',
    }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const { QueueUrl } = await new SQSClient({ ...before.client(credentials), region: far }).send(
    new CreateQueueCommand({ QueueName: 'kept' }),
  );
  await before.close();
  const after = await testCloud({ stateDirectory });
  try {
    const { QueueUrls } = await new SQSClient({ ...after.client(credentials), region: far }).send(
      new ListQueuesCommand({}),
    );
    expect(QueueUrls).toEqual([QueueUrl]);
    expect(await after.scopes('sqs')).toEqual([{ accountId: other, region: far }]);
  } finally {
    await after.dispose();
  }
});
