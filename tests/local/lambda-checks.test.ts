/** What Lambda refuses when a function, a destination or an event source is made, in AWS's words, and what it shows. */
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  type Runtime,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type Functions, functionRole, functionsOf, zip } from './lambda-support.ts';

let cloud: TestCloud;
let lambda: LambdaClient;
let functions: Functions;
let role: string;
const code = { 'index.js': 'exports.handler = async () => 1' };
const ZipFile = zip(code);
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:${cloud.accountId}:${resource}`;

beforeAll(async () => {
  cloud = await testCloud();
  lambda = new LambdaClient(cloud.client());
  role = await functionRole(cloud, 'bare');
  functions = functionsOf(cloud, role);
  await functions.create('there', code);
  await new SQSClient(cloud.client()).send(new CreateQueueCommand({ QueueName: 'letters' }));
  await new SNSClient(cloud.client()).send(new CreateTopicCommand({ Name: 'news' }));
  for (const layer of ['a', 'b', 'c', 'd', 'e', 'f', 'a'])
    await lambda.send(new PublishLayerVersionCommand({ LayerName: layer, Content: { ZipFile } }));
});
afterAll(() => cloud.dispose());

const failure = (promise: Promise<unknown>): Promise<Error | undefined> =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  );

const create = (more: Partial<CreateFunctionCommandInput>) =>
  lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'made',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile },
      ...more,
    }),
  );

async function grant(action: string | readonly string[]): Promise<void> {
  await new IAMClient(cloud.client()).send(
    new PutRolePolicyCommand({
      RoleName: 'bare',
      PolicyName: 'granted',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
      }),
    }),
  );
}

const layer = (name: string, version = 1) => arn('lambda', `layer:${name}:${version}`);
const vpc = { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] };

/** What is asked, what AWS answers; then the permissions with which it is accepted, where these decide. */
const cases: readonly (readonly [
  title: string,
  ask: () => Promise<unknown>,
  error: string | RegExp,
  name?: string,
  permissions?: readonly string[],
])[] = [
  [
    'a dead-letter queue without sqs:SendMessage',
    () => create({ DeadLetterConfig: { TargetArn: arn('sqs', 'letters') } }),
    /^The provided execution role does not have permissions to call SendMessage on SQS/,
    'InvalidParameterValueException',
    ['sqs:SendMessage'],
  ],
  [
    'a dead-letter topic without sns:Publish',
    () => create({ DeadLetterConfig: { TargetArn: arn('sns', 'news') } }),
    /^The provided execution role does not have permissions to call Publish on SNS/,
    'InvalidParameterValueException',
    ['sns:Publish'],
  ],
  [
    'a VPC without ec2:CreateNetworkInterface',
    () => create({ VpcConfig: vpc }),
    /^The provided execution role does not have permissions to call CreateNetworkInterface on EC2/,
    'InvalidParameterValueException',
    ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'],
  ],
  [
    'a VPC, later',
    () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'there', VpcConfig: vpc })),
    /call CreateNetworkInterface on EC2/,
    'InvalidParameterValueException',
    ['ec2:*'],
  ],
  [
    'a dead-letter queue, later',
    () =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'there',
          DeadLetterConfig: { TargetArn: arn('sqs', 'letters') },
        }),
      ),
    /call SendMessage on SQS/,
    'InvalidParameterValueException',
    ['sqs:*'],
  ],
  ...(
    [
      ['sqs:SendMessage', 'SendMessage', () => arn('sqs', 'letters')],
      ['sns:Publish', 'Publish', () => arn('sns', 'news')],
      ['events:PutEvents', 'PutEvents', () => arn('events', 'event-bus/default')],
    ] as const
  ).map(
    ([permission, action, target]) =>
      [
        `a destination without ${permission}`,
        () =>
          lambda.send(
            new PutFunctionEventInvokeConfigCommand({
              FunctionName: 'there',
              DestinationConfig: { OnFailure: { Destination: target() } },
            }),
          ),
        new RegExp(`^The function's execution role does not have permissions to call ${action} on arn:aws:`),
        'InvalidParameterValueException',
        [permission],
      ] as const,
  ),
  [
    'a destination that is the function itself',
    () =>
      lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName: 'there',
          DestinationConfig: { OnFailure: { Destination: arn('lambda', 'function:there') } },
        }),
      ),
    "You can't specify the function as a destination for itself.",
  ],
  [
    'a destination that is not there',
    () =>
      lambda.send(
        new PutFunctionEventInvokeConfigCommand({
          FunctionName: 'there',
          DestinationConfig: { OnFailure: { Destination: arn('lambda', 'function:nobody') } },
        }),
      ),
    /^The destination ARN arn:aws:lambda:us-east-1:\d+:function:nobody is invalid\.$/,
  ],
  [
    'an invoke config without settings',
    () => lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'there' })),
    'You must specify at least one of error handling or destination setting.',
  ],
  [
    'an invoke config that is not there',
    () => lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'nobody' })),
    /^The function arn:aws:lambda:us-east-1:\d+:function:nobody:\$LATEST doesn't have an EventInvokeConfig$/,
    'ResourceNotFoundException',
  ],
  [
    'an event source that the role may not read',
    () =>
      lambda.send(
        new CreateEventSourceMappingCommand({ FunctionName: 'there', EventSourceArn: arn('sqs', 'letters') }),
      ),
    /^The function execution role does not have permissions to call ReceiveMessage on SQS/,
    'InvalidParameterValueException',
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  ],
  [
    'an event source of a function that is not there',
    () =>
      lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: 'nobody',
          EventSourceArn: arn('sqs', 'letters'),
        }),
      ),
    'Function does not exist',
  ],
  [
    'a name of 65 characters',
    () => create({ FunctionName: 'n'.repeat(65) }),
    `1 validation error detected: Value '${'n'.repeat(65)}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
  ],
  [
    'a runtime that AWS has no more',
    () => create({ Runtime: 'nodejs14.x' }),
    'The runtime parameter of nodejs14.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
  ],
  [
    'a runtime that AWS does not have',
    () => create({ Runtime: 'cobol' as Runtime }),
    /^Value cobol at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[.*\] or be a valid ARN$/,
  ],
  [
    'a runtime that does not run here',
    () => create({ Runtime: 'ruby3.3' }),
    /^Slipway does not support the runtime ruby3\.3; functions run on Node\.js/,
    'NotImplemented',
  ],
  [
    'a change to a runtime that does not run here',
    () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'there', Runtime: 'java21' })),
    /^Slipway does not support the runtime java21/,
    'NotImplemented',
  ],
  [
    'six layers',
    () => create({ Layers: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => layer(name)) }),
    'Cannot reference more than 5 layers.',
  ],
  [
    'two versions of a layer',
    () => create({ Layers: [layer('a', 1), layer('a', 2)] }),
    /^Two different versions of the same layer are not allowed to be referenced in the same function\. \S+:a:1 and \S+:a:2 are versions of the same layer\.$/,
  ],
  [
    'a layer that is not there',
    () => create({ Layers: [layer('nothing')] }),
    /^Layer version \S+ does not exist\.$/,
  ],
  [
    'a layer of another region',
    () => create({ Layers: [`arn:aws:lambda:eu-west-1:${cloud.accountId}:layer:a:1`] }),
    'Layers are not in the same region as the function. Layers are expected to be in region us-east-1.',
  ],
  [
    'a role that Lambda may not assume',
    () => create({ Role: `arn:aws:iam::${cloud.accountId}:role/nobody` }),
    /^The role defined for the function cannot be assumed by Lambda\./,
  ],
  [
    'more than 50 tags',
    () => create({ Tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ''])) }),
    'Number of tags exceeds resource tag limit.',
  ],
  [
    'tags of a version',
    () =>
      lambda.send(
        new TagResourceCommand({ Resource: arn('lambda', 'function:there:$LATEST'), Tags: { a: 'b' } }),
      ),
    'Tags on function aliases and versions are not supported. Please specify a function ARN.',
  ],
  [
    'two qualifiers that differ',
    () => lambda.send(new InvokeCommand({ FunctionName: 'there:1', Qualifier: '2' })),
    'The derived qualifier from the function name does not match the specified qualifier.',
  ],
  [
    'the deletion of $LATEST',
    () => lambda.send(new DeleteFunctionCommand({ FunctionName: 'there', Qualifier: '$LATEST' })),
    '$LATEST version cannot be deleted without deleting the function.',
  ],
  [
    'a permission for $LATEST',
    () =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName: 'there',
          Qualifier: '$LATEST',
          StatementId: 's',
          Action: 'lambda:InvokeFunction',
          Principal: '*',
        }),
      ),
    'We currently do not support adding policies for $LATEST.',
  ],
  [
    'a permission for nobody',
    () =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName: 'there',
          StatementId: 's',
          Action: 'lambda:InvokeFunction',
          Principal: 'nobody.example',
        }),
      ),
    'The provided principal was invalid. Please check the principal and try again.',
  ],
  [
    'a permission of an alias that is not there',
    () =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName: 'there',
          Qualifier: 'nothing',
          StatementId: 's',
          Action: 'lambda:InvokeFunction',
          Principal: '*',
        }),
      ),
    /^Cannot find alias arn: arn:aws:lambda:us-east-1:\d+:function:there:nothing$/,
    'ResourceNotFoundException',
  ],
  [
    'the removal of a permission where there is none',
    () => lambda.send(new RemovePermissionCommand({ FunctionName: 'there', StatementId: 's' })),
    'No policy is associated with the given resource.',
    'ResourceNotFoundException',
  ],
  [
    'an alias with two weights',
    () =>
      lambda.send(
        new CreateAliasCommand({
          FunctionName: 'there',
          Name: 'two',
          FunctionVersion: '1',
          RoutingConfig: { AdditionalVersionWeights: { '1': 0.1, '2': 0.1 } },
        }),
      ),
    'Number of items in AdditionalVersionWeights cannot be greater than 1',
  ],
  [
    'an alias that weighs its own version',
    () =>
      lambda.send(
        new CreateAliasCommand({
          FunctionName: 'there',
          Name: 'own',
          FunctionVersion: '1',
          RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } },
        }),
      ),
    'Invalid function version 1. Function version 1 is already included in routing configuration.',
  ],
  [
    'an alias of $LATEST with weights',
    () =>
      lambda.send(
        new CreateAliasCommand({
          FunctionName: 'there',
          Name: 'latest',
          FunctionVersion: '$LATEST',
          RoutingConfig: { AdditionalVersionWeights: { '1': 0.1 } },
        }),
      ),
    '$LATEST is not supported for an alias pointing to more than 1 version',
  ],
];

describe('Lambda', () => {
  beforeAll(async () => {
    await lambda.send(new PublishVersionCommand({ FunctionName: 'there' }));
  });

  for (const [title, ask, message, name = 'InvalidParameterValueException', permissions] of cases)
    it(`refuses ${title}`, async () => {
      expect(await failure(ask())).toMatchObject({
        name,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      });
      if (!permissions) return;
      await grant(permissions);
      expect(await failure(ask())).toBeUndefined();
      await grant('s3:ListAllMyBuckets');
      await failure(lambda.send(new DeleteFunctionCommand({ FunctionName: 'made' })));
    });

  it('shows a function as pending when it is made, as active afterwards, with the members that AWS always has', async () => {
    const made = await create({ FunctionName: 'shown', Environment: { Variables: { NAME: 'b' } } });
    expect(made).toMatchObject({
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
      RuntimeVersionConfig: {
        RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:\w{64}$/),
      },
    });
    expect(made).not.toHaveProperty('LastUpdateStatus');
    expect(made).not.toHaveProperty('VpcConfig');
    const { Configuration: read } = await lambda.send(new GetFunctionCommand({ FunctionName: 'shown' }));
    expect(read).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'Successful',
      RuntimeVersionConfig: made.RuntimeVersionConfig,
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      TracingConfig: { Mode: 'PassThrough' },
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/shown' },
      Architectures: ['x86_64'],
      PackageType: 'Zip',
    });
    const changed = await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'shown', Description: 'x' }),
    );
    expect(changed).toMatchObject({
      State: 'Active',
      LastUpdateStatus: 'InProgress',
      LastUpdateStatusReasonCode: 'Creating',
    });
    const { Functions: listed = [] } = await lambda.send(new ListFunctionsCommand({}));
    for (const one of listed) {
      expect(one).not.toHaveProperty('State');
      expect(one).not.toHaveProperty('RuntimeVersionConfig');
    }
  });

  it('gives a change that has ended a revision of its own', async () => {
    const made = await create({ FunctionName: 'revised' });
    const update = (RevisionId: string | undefined) =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'revised', RevisionId, Timeout: 5 }),
      );
    await expect(update(made.RevisionId)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'revised' }));
    expect((await update(Configuration?.RevisionId)).Timeout).toBe(5);
  });

  it('publishes a new version when a variable alone has changed, and none when nothing has', async () => {
    const set = (NAME: string) =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'published',
          Environment: { Variables: { NAME } },
        }),
      );
    const publish = async () =>
      (await lambda.send(new PublishVersionCommand({ FunctionName: 'published' }))).Version;
    await create({ FunctionName: 'published', Environment: { Variables: { NAME: 'one' } } });
    expect(await publish()).toBe('1');
    await set('two');
    expect(await publish()).toBe('2');
    await set('two');
    expect(await publish()).toBe('2');
  });

  it('shows an environment that was given without variables, and none that was not', async () => {
    expect((await create({ FunctionName: 'empty', Environment: {} })).Environment).toEqual({ Variables: {} });
    expect(await create({ FunctionName: 'bare' })).not.toHaveProperty('Environment');
  });
});
