/** What limits a caller limits everything that is done in its name: session policies, boundaries, tags, chained roles. */
import { request } from 'node:http';
import { APIGatewayClient, PutIntegrationCommand, UpdateAccountCommand } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRepositoryCommand, ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CopyObjectCommand, CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, type TestCloud, testCloud } from './harness.ts';
import { functionRole, zip } from './lambda-support.ts';

let cloud: TestCloud;
let iam: IAMClient;
let functionRoleArn: string;

beforeAll(async () => {
  cloud = await testCloud();
  iam = new IAMClient(cloud.client());
  await makeRole('admin');
  functionRoleArn = await functionRole(cloud, 'runs');
  const s3 = new S3Client({ ...cloud.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'things' }));
  const put = (Key: string, Body: string | Uint8Array) =>
    s3.send(new PutObjectCommand({ Bucket: 'things', Key, Body }));
  await put('code.zip', zip({ 'index.js': 'exports.handler = async () => 1' }));
  await put('template.json', JSON.stringify(parameterStack('/from/url')));
  await new ECRClient(cloud.client()).send(new CreateRepositoryCommand({ repositoryName: 'images' }));
  await new SSMClient(cloud.client()).send(
    new PutParameterCommand({ Name: '/known', Value: 'v', Type: 'String' }),
  );
});
afterAll(() => cloud.dispose());

const document = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string | readonly string[], more: object = {}) =>
  document({ Effect: 'Allow', Action, Resource: '*', ...more });

const roleArn = (name: string) => `arn:aws:iam::${cloud.accountId}:role/${name}`;

async function makeRole(name: string, tags: Readonly<Record<string, string>> = {}): Promise<void> {
  await iam.send(
    new CreateRoleCommand({
      RoleName: name,
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: { AWS: cloud.accountId },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      }),
      MaxSessionDuration: 7200,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  await iam.send(
    new AttachRolePolicyCommand({ RoleName: name, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
  );
}

async function assume(
  input: Omit<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName'>,
  role = 'admin',
  as = cloud.client(),
): Promise<ClientOptions> {
  const { Credentials: c } = await new STSClient(as).send(
    new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: 'limited', ...input }),
  );
  return cloud.client({
    accessKeyId: c?.AccessKeyId ?? '',
    secretAccessKey: c?.SecretAccessKey ?? '',
    sessionToken: c?.SessionToken ?? '',
  });
}

/** The ways of limiting an administrator's role to some actions. */
let made = 0;
const limits: Readonly<Record<string, (actions: readonly string[]) => Promise<ClientOptions>>> = {
  'a session policy': (actions) => assume({ Policy: allow(actions) }),
  'a managed session policy': async (actions) => {
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: `limit${made++}`, PolicyDocument: allow(actions) }),
    );
    return assume({ PolicyArns: [{ arn: Policy?.Arn }] });
  },
  'a permissions boundary': async (actions) => {
    const name = `bounded${made++}`;
    await makeRole(name);
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: name, PolicyDocument: allow(actions) }),
    );
    await iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: name, PermissionsBoundary: Policy?.Arn }),
    );
    return assume({}, name);
  },
};

function parameterStack(Name: string, Value = 'v') {
  return { Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name, Type: 'String', Value } } } };
}

const body = (template: object) => ({ TemplateBody: JSON.stringify(template) });

/** Resolves when the stack has come to rest; rejects with the reason of its first failure when it was rolled back. */
async function settled(StackName: string, good: string): Promise<void> {
  const cloudformation = new CloudFormationClient(cloud.client());
  let status: string | undefined;
  await vi.waitFor(async () => {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    status = Stacks?.[0]?.StackStatus;
    expect(status).toMatch(/(COMPLETE|FAILED)$/);
    expect(status).not.toMatch(/CLEANUP/);
  }, 20_000);
  if (status === good) return;
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  throw new Error(
    StackEvents.findLast((event) => event.ResourceStatus?.endsWith('FAILED'))?.ResourceStatusReason ?? status,
  );
}

async function createStack(as: ClientOptions, input: object, StackName = `s${made++}`): Promise<string> {
  const { StackId = '' } = await new CloudFormationClient(as).send(
    new CreateStackCommand({ StackName, Capabilities: ['CAPABILITY_IAM'], ...input }),
  );
  await settled(StackId, 'CREATE_COMPLETE');
  return StackId;
}

/** A call, the action that it needs itself, and the one that a service needs for it in the caller's name. */
const behind: readonly (readonly [
  what: string,
  own: readonly string[],
  needed: readonly string[],
  call: (as: ClientOptions) => Promise<unknown>,
])[] = [
  [
    'a stack’s resource',
    ['cloudformation:*'],
    ['ssm:*'],
    (as) => createStack(as, body(parameterStack(`/made/${made++}`))),
  ],
  [
    'a stack’s template in S3',
    ['cloudformation:*', 'ssm:*'],
    ['s3:GetObject'],
    (as) =>
      createStack(as, { TemplateURL: `${cloud.endpoint}/things/template.json` }).then((id) => remove(id)),
  ],
  [
    'a parameter that a stack reads',
    ['cloudformation:*', 'sqs:*'],
    ['ssm:GetParameter', 'ssm:GetParameters'],
    (as) =>
      createStack(
        as,
        body({
          Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/known' } },
          Resources: {
            Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'k', Value: { Ref: 'P' } }] } },
          },
        }),
      ),
  ],
  [
    'a dynamic reference of a stack',
    ['cloudformation:*', 'sqs:*'],
    ['ssm:GetParameter', 'ssm:GetParameters'],
    (as) =>
      createStack(
        as,
        body({
          Resources: {
            Q: {
              Type: 'AWS::SQS::Queue',
              Properties: { Tags: [{ Key: 'k', Value: '{{resolve:ssm:/known}}' }] },
            },
          },
        }),
      ),
  ],
  [
    'a nested stack’s resource',
    ['cloudformation:*', 's3:GetObject'],
    ['ssm:*'],
    (as) =>
      createStack(
        as,
        body({
          Resources: {
            N: {
              Type: 'AWS::CloudFormation::Stack',
              Properties: { TemplateURL: `${cloud.endpoint}/things/template.json` },
            },
          },
        }),
      ).then((id) => remove(id)),
  ],
  [
    'an update of a stack',
    ['cloudformation:*'],
    ['ssm:*'],
    async (as) => {
      const name = `/updated/${made++}`;
      const StackName = await createStack(cloud.client(), body(parameterStack(name)));
      await new CloudFormationClient(as).send(
        new UpdateStackCommand({ StackName, ...body(parameterStack(name, 'w')) }),
      );
      await settled(StackName, 'UPDATE_COMPLETE');
    },
  ],
  [
    'a deletion of a stack',
    ['cloudformation:*'],
    ['ssm:*'],
    async (as) => {
      const StackName = await createStack(cloud.client(), body(parameterStack(`/deleted/${made++}`)));
      await new CloudFormationClient(as).send(new DeleteStackCommand({ StackName }));
      await settled(StackName, 'DELETE_COMPLETE');
    },
  ],
  [
    'a change set that another made',
    ['cloudformation:*'],
    ['ssm:*'],
    async (as) => {
      const StackName = `changed${made++}`;
      const admin = new CloudFormationClient(cloud.client());
      await admin.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName: 'cs',
          ChangeSetType: 'CREATE',
          ...body(parameterStack(`/changed/${made++}`)),
        }),
      );
      await vi.waitFor(async () =>
        expect(
          (await admin.send(new DescribeChangeSetCommand({ StackName, ChangeSetName: 'cs' }))).Status,
        ).toBe('CREATE_COMPLETE'),
      );
      await new CloudFormationClient(as).send(
        new ExecuteChangeSetCommand({ StackName, ChangeSetName: 'cs' }),
      );
      await settled(StackName, 'CREATE_COMPLETE');
    },
  ],
  [
    'a function that a stack’s custom resource invokes',
    ['cloudformation:*'],
    ['lambda:InvokeFunction'],
    async (as) => {
      const lambda = new LambdaClient(cloud.client());
      const code = `exports.handler = async (e) => {
  const Body = { Status: 'SUCCESS', PhysicalResourceId: 'p', StackId: e.StackId, RequestId: e.RequestId, LogicalResourceId: e.LogicalResourceId };
  await fetch(e.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(Body) });
};`;
      const { FunctionArn } = await lambda.send(
        new CreateFunctionCommand({
          FunctionName: `provider${made++}`,
          Role: functionRoleArn,
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Code: { ZipFile: zip({ 'index.js': code }) },
        }),
      );
      await createStack(
        as,
        body({ Resources: { C: { Type: 'Custom::Thing', Properties: { ServiceToken: FunctionArn } } } }),
      );
    },
  ],
  [
    'code of a function in S3',
    ['lambda:*', 'iam:PassRole'],
    ['s3:GetObject'],
    (as) => new LambdaClient(as).send(createFromS3()),
  ],
  [
    'code of a stack’s function in S3',
    ['cloudformation:*', 'lambda:*', 'iam:PassRole'],
    ['s3:GetObject'],
    (as) =>
      createStack(
        as,
        body({
          Resources: {
            F: {
              Type: 'AWS::Lambda::Function',
              Properties: {
                Role: functionRoleArn,
                Runtime: 'nodejs20.x',
                Handler: 'index.handler',
                Code: { S3Bucket: 'things', S3Key: 'code.zip' },
              },
            },
          },
        }),
      ),
  ],
  [
    'the source of a copy',
    ['s3:PutObject'],
    ['s3:GetObject', 's3:GetObjectTagging'],
    (as) =>
      new S3Client({ ...as, forcePathStyle: true }).send(
        new CopyObjectCommand({ Bucket: 'things', Key: 'copy', CopySource: 'things/code.zip' }),
      ),
  ],
  [
    'a layer that is asked for with a token',
    ['ecr:GetAuthorizationToken'],
    ['ecr:BatchCheckLayerAvailability'],
    async (as) => {
      const { authorizationData } = await new ECRClient(as).send(new GetAuthorizationTokenCommand({}));
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const asked = request({
          host: '127.0.0.1',
          port: cloud.port,
          method: 'HEAD',
          path: `/v2/images/blobs/sha256:${'0'.repeat(64)}`,
          headers: {
            host: `${cloud.accountId}.dkr.ecr.us-east-1.localhost`,
            authorization: `Basic ${authorizationData?.[0]?.authorizationToken}`,
          },
        });
        asked.on('response', (answer) => resolve(answer.resume().statusCode));
        asked.on('error', reject).end();
      });
      if (status === 403) throw new Error('not authorized');
      expect(status).toBe(404);
    },
  ],
];

const createFromS3 = () =>
  new CreateFunctionCommand({
    FunctionName: `from-s3-${made++}`,
    Role: functionRoleArn,
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Code: { S3Bucket: 'things', S3Key: 'code.zip' },
  });

async function remove(StackName: string): Promise<void> {
  await new CloudFormationClient(cloud.client()).send(new DeleteStackCommand({ StackName }));
  await settled(StackName, 'DELETE_COMPLETE');
}

const denied = /not authorized|Embedded stack|[Aa]ccess ?[Dd]enied|access has been denied/;

describe('what limits a caller', () => {
  // The ways share one mechanism: each of them is tried with the first, the second and the last of the calls.
  for (const [kind, limited] of Object.entries(limits))
    for (const [what, own, needed, call] of behind)
      if (kind === 'a session policy' || what === 'a stack’s resource' || what === 'code of a function in S3')
        it(`as ${kind} decides about ${what}`, async () => {
          await expect(call(await limited(own))).rejects.toThrow(denied);
          await call(await limited([...own, ...needed]));
        });

  it('does not limit what the role of a stack may do', async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'deploys',
        AssumeRolePolicyDocument: document({
          Effect: 'Allow',
          Principal: { Service: 'cloudformation.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'deploys',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    );
    const input = { ...body(parameterStack(`/role/${made++}`)), RoleARN: roleArn('deploys') };
    await expect(createStack(await assume({ Policy: allow('cloudformation:*') }), input)).rejects.toThrow(
      /iam:PassRole/,
    );
    await createStack(await assume({ Policy: allow(['cloudformation:*', 'iam:PassRole']) }), input);
  });

  it('ends with the role that a session was made of, though another has its name', async () => {
    await makeRole('again');
    const as = await assume({}, 'again');
    await new SQSClient(as).send(new ListQueuesCommand({}));
    await iam.send(
      new DetachRolePolicyCommand({
        RoleName: 'again',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    );
    await iam.send(new DeleteRoleCommand({ RoleName: 'again' }));
    await makeRole('again');
    await expect(new SQSClient(as).send(new ListQueuesCommand({}))).rejects.toThrow();
  });
});

describe('who hands a role to a service', () => {
  const calls: Readonly<Record<string, (as: ClientOptions) => Promise<unknown>>> = {
    CreateFunction: (as) => new LambdaClient(as).send(createFromS3()),
    UpdateFunctionConfiguration: (as) =>
      new LambdaClient(as).send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'any', Role: functionRoleArn }),
      ),
    CreateStack: (as) =>
      new CloudFormationClient(as).send(
        new CreateStackCommand({
          StackName: 'any',
          RoleARN: roleArn('admin'),
          ...body(parameterStack('/x')),
        }),
      ),
    DeleteStack: (as) =>
      new CloudFormationClient(as).send(
        new DeleteStackCommand({ StackName: 'any', RoleARN: roleArn('admin') }),
      ),
    'RegisterTaskDefinition, task role': (as) =>
      new ECSClient(as).send(
        new RegisterTaskDefinitionCommand({
          family: 'any',
          taskRoleArn: roleArn('admin'),
          containerDefinitions: [{ name: 'c', image: 'i' }],
        }),
      ),
    'RegisterTaskDefinition, execution role': (as) =>
      new ECSClient(as).send(
        new RegisterTaskDefinitionCommand({
          family: 'any',
          executionRoleArn: roleArn('admin'),
          containerDefinitions: [{ name: 'c', image: 'i' }],
        }),
      ),
    'UpdateAccount of API Gateway': (as) =>
      new APIGatewayClient(as).send(
        new UpdateAccountCommand({
          patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: roleArn('admin') }],
        }),
      ),
    PutIntegration: (as) =>
      new APIGatewayClient(as).send(
        new PutIntegrationCommand({
          restApiId: 'any',
          resourceId: 'any',
          httpMethod: 'GET',
          type: 'AWS_PROXY',
          credentials: roleArn('admin'),
        }),
      ),
  };

  it.each(Object.entries(calls))('needs iam:PassRole for it: %s', async (_, call) => {
    const as = await assume({
      Policy: document(
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' },
      ),
    });
    await expect(call(as)).rejects.toThrow(/iam:PassRole/);
  });
});

describe('the keys of a session', () => {
  const list = (as: ClientOptions) => new SQSClient(as).send(new ListQueuesCommand({}));
  const onlyIf = (Condition: object, Action = 'sqs:ListQueues') => ({ Policy: allow(Action, { Condition }) });

  it.each<[string, Omit<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName'>, object]>([
    [
      'a tag of the session',
      { Tags: [{ Key: 'Team', Value: 'red' }] },
      { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    ],
    ['the source identity', { SourceIdentity: 'ann' }, { StringEquals: { 'aws:SourceIdentity': 'ann' } }],
    ['the time of issue', {}, { DateGreaterThan: { 'aws:TokenIssueTime': '2000-01-01T00:00:00Z' } }],
    ['no service between', {}, { Bool: { 'aws:ViaAWSService': 'false' }, Null: { 'aws:CalledVia': 'true' } }],
  ])('hold %s', async (_, input, condition) => {
    await list(await assume({ ...input, ...onlyIf(condition) }));
    if (Object.keys(input).length > 0)
      await expect(assume(onlyIf(condition)).then(list)).rejects.toThrow(denied);
  });

  it('take the tags of the role, and those of the session over them', async () => {
    await makeRole('tagged', { Team: 'blue', Site: 'here' });
    const condition = (team: string) =>
      onlyIf({ StringEquals: { 'aws:PrincipalTag/Team': team, 'aws:PrincipalTag/Site': 'here' } });
    await list(await assume(condition('blue'), 'tagged'));
    await list(await assume({ Tags: [{ Key: 'team', Value: 'red' }], ...condition('red') }, 'tagged'));
    await expect(
      assume({ Tags: [{ Key: 'team', Value: 'red' }], ...condition('blue') }, 'tagged').then(list),
    ).rejects.toThrow(denied);
  });

  it('say through which service a call comes', async () => {
    const template = body({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
    const through = (service: string) =>
      assume({
        Policy: document(
          { Effect: 'Allow', Action: 'cloudformation:*', Resource: '*' },
          {
            Effect: 'Allow',
            Action: 'sqs:*',
            Resource: '*',
            Condition: {
              'ForAnyValue:StringEquals': { 'aws:CalledVia': service },
              StringEquals: { 'aws:CalledViaFirst': service },
              Bool: { 'aws:ViaAWSService': 'true' },
            },
          },
        ),
      });
    const as = await through('cloudformation.amazonaws.com');
    await createStack(as, template);
    await expect(list(as)).rejects.toThrow(denied);
    await expect(createStack(await through('athena.amazonaws.com'), template)).rejects.toThrow(denied);
  });

  it('hold the tags that a request sets', async () => {
    const as = await assume(
      onlyIf(
        {
          StringEquals: { 'aws:RequestTag/team': 'red' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
        },
        'sqs:*',
      ),
    );
    const create = (tags: Record<string, string>) =>
      new SQSClient(as).send(new CreateQueueCommand({ QueueName: `q${made++}`, tags }));
    await create({ team: 'red' });
    await expect(create({ team: 'blue' })).rejects.toThrow(denied);
    await expect(create({ team: 'red', other: 'x' })).rejects.toThrow(denied);
    await expect(create({})).rejects.toThrow(denied);
  });
});

describe('a role that a role assumes', () => {
  it('has an hour at most', async () => {
    const as = await assume({ DurationSeconds: 7200 });
    await expect(assume({ DurationSeconds: 3601 }, 'admin', as)).rejects.toThrow(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
    await assume({ DurationSeconds: 3600 }, 'admin', as);
  });

  it('keeps the source identity and the transitive tags, and no other tags', async () => {
    const first = await assume({
      SourceIdentity: 'ann',
      Tags: [
        { Key: 'Kept', Value: 'yes' },
        { Key: 'Lost', Value: 'yes' },
      ],
      TransitiveTagKeys: ['Kept'],
    });
    const condition = {
      StringEquals: { 'aws:SourceIdentity': 'ann', 'aws:PrincipalTag/Kept': 'yes' },
      Null: { 'aws:PrincipalTag/Lost': 'true' },
    };
    const Policy = allow(['sqs:ListQueues', 'sts:*'], { Condition: condition });
    const second = await assume({}, 'admin', first);
    const third = await assume({ Policy }, 'admin', second);
    await new SQSClient(third).send(new ListQueuesCommand({}));
    await expect(assume({ SourceIdentity: 'bob' }, 'admin', second)).rejects.toThrow(/source identity/);
    await expect(assume({ Tags: [{ Key: 'kept', Value: 'no' }] }, 'admin', second)).rejects.toThrow(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  });

  it.each<[string, Omit<AssumeRoleCommandInput, 'RoleArn' | 'RoleSessionName'>, string]>([
    [
      'a transitive tag that is not set',
      { TransitiveTagKeys: ['a'] },
      'The specified transitive tag key must be included in the requested tags.',
    ],
    [
      'a tag twice',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
  ])('is refused %s', async (_, input, message) => {
    await expect(assume(input)).rejects.toThrow(message);
  });

  it('needs sts:TagSession and sts:SetSourceIdentity in the trust policy', async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'plain',
        AssumeRolePolicyDocument: document({
          Effect: 'Allow',
          Principal: { AWS: cloud.accountId },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    await assume({}, 'plain');
    await expect(assume({ Tags: [{ Key: 'a', Value: 'b' }] }, 'plain')).rejects.toThrow(/sts:TagSession/);
    await expect(assume({ SourceIdentity: 'ann' }, 'plain')).rejects.toThrow(/sts:SetSourceIdentity/);
    const named = await assume({ SourceIdentity: 'ann' });
    await expect(assume({}, 'plain', named)).rejects.toThrow(/sts:SetSourceIdentity/);
  });
});
