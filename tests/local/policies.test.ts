/** Policies that AWS refuses to keep, in the words of each service. */
import { CreateTableCommand, DynamoDBClient, PutResourcePolicyCommand } from '@aws-sdk/client-dynamodb';
import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  type PutBucketNotificationConfigurationCommandInput,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { functionRole, functionsOf } from './lambda-support.ts';

let cloud: TestCloud;
let iam: IAMClient;
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:${cloud.accountId}:${resource}`;
const role = (name: string) => `arn:aws:iam::${cloud.accountId}:role/${name}`;
const user = (name: string) => `arn:aws:iam::${cloud.accountId}:user/${name}`;
const session = (name: string) => `arn:aws:sts::${cloud.accountId}:assumed-role/${name}/s`;
const document = (...statements: object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const trust = (principal: object | string) =>
  document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' });

beforeAll(async () => {
  cloud = await testCloud();
  iam = new IAMClient(cloud.client());
  const made = (RoleName: string) =>
    iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }) }),
    );
  await made('there');
  await made('trusting');
  const lambda = await functionRole(cloud, 'runs');
  await functionsOf(cloud, lambda).create('f', { 'index.js': 'exports.handler = async () => 1' });
  await new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: 'kept' }),
  );
  await new SQSClient(cloud.client()).send(new CreateQueueCommand({ QueueName: 'q' }));
  await new SNSClient(cloud.client()).send(new CreateTopicCommand({ Name: 't' }));
  await new ECRClient(cloud.client()).send(new CreateRepositoryCommand({ repositoryName: 'images' }));
  await new DynamoDBClient(cloud.client()).send(
    new CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
    }),
  );
});
afterAll(() => cloud.dispose());

const failure = (promise: Promise<unknown>): Promise<Error | undefined> =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  );

/** Puts a policy that names a principal, and what is answered when that is not there. */
const places: Readonly<
  Record<
    string,
    readonly [put: (principal: string) => Promise<unknown>, name: string, message: string | RegExp]
  >
> = {
  'a role’s trust policy': [
    (principal) =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: 'trusting',
          PolicyDocument: trust({ AWS: principal }),
        }),
      ),
    'MalformedPolicyDocumentException',
    /^Invalid principal in policy: "AWS":"arn:aws:[^"]+"$/,
  ],
  'a bucket’s policy': [
    (principal) =>
      new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
        new PutBucketPolicyCommand({
          Bucket: 'kept',
          Policy: document({
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::kept/*',
          }),
        }),
      ),
    'MalformedPolicy',
    'Invalid principal in policy',
  ],
  'a queue’s policy': [
    (principal) =>
      new SQSClient(cloud.client()).send(
        new SetQueueAttributesCommand({
          QueueUrl: `${cloud.endpoint}/${cloud.accountId}/q`,
          Attributes: {
            Policy: document({
              Effect: 'Allow',
              Principal: { AWS: principal },
              Action: 'sqs:SendMessage',
              Resource: arn('sqs', 'q'),
            }),
          },
        }),
      ),
    'InvalidAttributeValue',
    /^Invalid value for the parameter Policy\./,
  ],
  'a topic’s policy': [
    (principal) =>
      new SNSClient(cloud.client()).send(
        new SetTopicAttributesCommand({
          TopicArn: arn('sns', 't'),
          AttributeName: 'Policy',
          AttributeValue: document({
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 'sns:Publish',
            Resource: arn('sns', 't'),
          }),
        }),
      ),
    'InvalidParameterException',
    /Policy Error: PrincipalNotFound/,
  ],
  'a repository’s policy': [
    (principal) =>
      new ECRClient(cloud.client()).send(
        new SetRepositoryPolicyCommand({
          repositoryName: 'images',
          policyText: document({
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 'ecr:BatchGetImage',
          }),
        }),
      ),
    'InvalidParameterException',
    /^Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'/,
  ],
  'a table’s policy': [
    (principal) =>
      new DynamoDBClient(cloud.client()).send(
        new PutResourcePolicyCommand({
          ResourceArn: arn('dynamodb', 'table/table'),
          Policy: document({
            Effect: 'Allow',
            Principal: { AWS: principal },
            Action: 'dynamodb:GetItem',
            Resource: arn('dynamodb', 'table/table'),
          }),
        }),
      ),
    'ValidationException',
    /Invalid principal in policy/,
  ],
  'a function’s permission': [
    (Principal) =>
      new LambdaClient(cloud.client()).send(
        new AddPermissionCommand({
          FunctionName: 'f',
          StatementId: `s${Principal.replace(/\W/g, '')}`,
          Action: 'lambda:InvokeFunction',
          Principal,
        }),
      ),
    'InvalidParameterValueException',
    'The provided principal was invalid. Please check the principal and try again.',
  ],
};

describe('a principal', () => {
  for (const [place, [put, name, message]] of Object.entries(places))
    it(`that is not there is refused in ${place}`, async () => {
      for (const missing of [role('nobody'), user('nobody'), session('nobody'), role('path/there')])
        expect(await failure(put(missing)), missing).toMatchObject({
          name,
          message: typeof message === 'string' ? message : expect.stringMatching(message),
        });
      for (const fine of [role('there'), user('developer'), session('there'), '111122223333'])
        expect(await failure(put(fine)), fine).toBeUndefined();
    });

  it('of another account is taken as given', async () => {
    for (const [put] of Object.values(places))
      expect(await failure(put('arn:aws:iam::111122223333:role/theirs'))).toBeUndefined();
  });

  it('that was deleted is missed by the next policy', async () => {
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'goes',
        AssumeRolePolicyDocument: trust({ AWS: role('there') }),
      }),
    );
    const [put] = places['a queue’s policy'] ?? [];
    await put?.(role('goes'));
    await iam.send(new DeleteRoleCommand({ RoleName: 'goes' }));
    expect(await failure(put?.(role('goes')) ?? Promise.resolve())).toMatchObject({
      name: 'InvalidAttributeValue',
    });
  });
});

describe('a bucket’s policy', () => {
  const put = (statement: object) =>
    failure(
      new S3Client({ ...cloud.client(), forcePathStyle: true }).send(
        new PutBucketPolicyCommand({
          Bucket: 'kept',
          Policy: document({ Effect: 'Allow', Principal: { AWS: role('there') }, ...statement }),
        }),
      ),
    );
  const bucket = 'arn:aws:s3:::kept';
  const objects = 'arn:aws:s3:::kept/*';
  const noResource = 'Action does not apply to any resource(s) in statement';

  it.each<[string, string | string[], string | string[], string | undefined]>([
    ['puts objects into the bucket alone', 's3:PutObject', bucket, noResource],
    ['lists objects', 's3:ListBucket', objects, noResource],
    ['reads versions of the bucket', ['s3:ListBucket', 's3:GetObjectVersion'], bucket, noResource],
    ['configures objects', ['s3:GetObject', 's3:PutBucketTagging'], objects, noResource],
    ['lists buckets', 's3:ListAllMyBuckets', '*', noResource],
    ['deletes by a wildcard in the bucket', 's3:DeleteObject*', bucket, noResource],
    ['has an action of nobody', 's3:GetObjects', objects, 'Policy has invalid action'],
    ['has an action of another service', 'sqs:SendMessage', objects, 'Policy has invalid action'],
    ['is about another bucket', 's3:GetObject', 'arn:aws:s3:::other/*', 'Policy has invalid resource'],
    ['does both on both', ['s3:ListBucket', 's3:PutObject'], [bucket, objects], undefined],
    ['allows all on the bucket', 's3:*', bucket, undefined],
    ['allows all on objects', '*', objects, undefined],
    ['gets all on objects, in small letters', 's3:getobject*', objects, undefined],
    ['names one folder', 's3:PutObject', `${bucket}/a/*`, undefined],
    ['names all by a wildcard', 's3:PutObject', `${bucket}*`, undefined],
  ])('that %s', async (_, Action, Resource, message) => {
    const error = await put({ Action, Resource });
    if (message === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ name: 'MalformedPolicy', message });
  });
});

describe('IAM', () => {
  const statement = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
  const managed = (PolicyDocument: string) =>
    failure(iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument })));

  it.each<[string, unknown, string]>([
    ['no JSON', 'no', 'Syntax errors in policy.'],
    ['no version', { Statement: statement }, 'Policy document must be version 2012-10-17 or greater.'],
    [
      'the old version',
      { Version: '2008-10-17', Statement: statement },
      'Policy document must be version 2012-10-17 or greater.',
    ],
    ['no statement', { Version: '2012-10-17' }, 'Syntax errors in policy.'],
    [
      'a Sid twice',
      {
        Version: '2012-10-17',
        Statement: [
          { ...statement, Sid: 'a' },
          { ...statement, Sid: 'a' },
        ],
      },
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      'a principal',
      { Version: '2012-10-17', Statement: { ...statement, Principal: '*' } },
      'Policy document should not specify a principal.',
    ],
    [
      'no resource',
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:*' } },
      'Policy statement must contain resources.',
    ],
    [
      'no action',
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Resource: '*' } },
      'Policy statement must contain actions.',
    ],
  ])('refuses a managed policy with %s', async (_, given, message) => {
    expect(await managed(typeof given === 'string' ? given : JSON.stringify(given))).toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: expect.stringContaining(message),
    });
  });

  it('takes the old version in an inline policy', async () => {
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'there',
        PolicyName: 'old',
        PolicyDocument: JSON.stringify({ Statement: statement }),
      }),
    );
  });
});

describe('a notification of a bucket', () => {
  const s3 = () => new S3Client({ ...cloud.client(), forcePathStyle: true });
  const put = (
    NotificationConfiguration: PutBucketNotificationConfigurationCommandInput['NotificationConfiguration'],
  ) =>
    failure(
      s3().send(new PutBucketNotificationConfigurationCommand({ Bucket: 'told', NotificationConfiguration })),
    );
  const Events: ['s3:ObjectCreated:*'] = ['s3:ObjectCreated:*'];
  const bucketOnly = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::told' } };
  const allowing = (Action: string, Resource: string) =>
    document({
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action,
      Resource,
      Condition: bucketOnly,
    });

  it('is refused for a target that does not let S3 in, and for one that is not there', async () => {
    await s3().send(new CreateBucketCommand({ Bucket: 'told' }));
    const wanted = {
      function: (name: string) => ({
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn('lambda', `function:${name}`), Events }],
      }),
      queue: (name: string) => ({ QueueConfigurations: [{ QueueArn: arn('sqs', name), Events }] }),
      topic: (name: string) => ({ TopicConfigurations: [{ TopicArn: arn('sns', name), Events }] }),
    };
    const refusal = {
      name: 'InvalidArgument',
      message: 'Unable to validate the following destination configurations',
    };
    for (const configuration of [
      wanted.function('f'),
      wanted.function('nobody'),
      wanted.queue('told'),
      wanted.queue('nobody'),
      wanted.topic('nobody'),
    ])
      expect(await put(configuration), JSON.stringify(configuration)).toMatchObject(refusal);

    await new LambdaClient(cloud.client()).send(
      new AddPermissionCommand({
        FunctionName: 'f',
        StatementId: 'told',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: 'arn:aws:s3:::told',
      }),
    );
    await new SQSClient(cloud.client()).send(
      new CreateQueueCommand({
        QueueName: 'told',
        Attributes: { Policy: allowing('sqs:SendMessage', arn('sqs', 'told')) },
      }),
    );
    expect(await put({ ...wanted.function('f'), ...wanted.queue('told') })).toBeUndefined();
  });
});
