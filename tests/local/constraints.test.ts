/** Inputs against the limits of AWS's own models, in the words of each service. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, CreateChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient, RunTaskCommand } from '@aws-sdk/client-ecs';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { AddPermissionCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { services } from '../../src/local/services/registry.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(() => cloud.dispose());

const long = (length: number) => 'é'.repeat(length);
/** A value that the SDK's types do not take. */
const wrong = (value: unknown) => value as never;

const pattern = 'Member must satisfy regular expression pattern';

const cases: readonly (readonly [title: string, call: () => Promise<unknown>, name: string, text: string])[] =
  [
    [
      'a parameter name that is too long',
      () => new SSMClient(cloud.client()).send(new GetParameterCommand({ Name: long(2049) })),
      'ValidationException',
      `Value '${long(2049)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 2048`,
    ],
    [
      'more parameters than one call takes',
      () =>
        new SSMClient(cloud.client()).send(
          new GetParametersCommand({ Names: [...'abcdefghijk'].map((one) => one) }),
        ),
      'ValidationException',
      "Value '[a, b, c, d, e, f, g, h, i, j, k]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10",
    ],
    [
      'several problems at once',
      () =>
        new CloudWatchLogsClient(cloud.client()).send(
          new CreateLogGroupCommand({ logGroupName: `${'a'.repeat(512)} `, logGroupClass: wrong('COLD') }),
        ),
      'InvalidParameterException',
      '2 validation errors detected: ',
    ],
    [
      'a number below the least',
      () => new CloudWatchLogsClient(cloud.client()).send(new DescribeLogGroupsCommand({ limit: 0 })),
      'InvalidParameterException',
      "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'a name of other characters',
      () => new EventBridgeClient(cloud.client()).send(new PutRuleCommand({ Name: 'a b' })),
      'ValidationException',
      `Value 'a b' at 'name' failed to satisfy constraint: ${pattern}: [\\.\\-_A-Za-z0-9]+`,
    ],
    [
      'a missing member of an item of a list',
      () =>
        new EventBridgeClient(cloud.client()).send(
          new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'a', Arn: wrong(undefined) }] }),
        ),
      'ValidationException',
      "Value null at 'targets.1.member.arn' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a role name that is too long',
      () => new IAMClient(cloud.client()).send(new GetRoleCommand({ RoleName: 'r'.repeat(65) })),
      'ValidationError',
      "at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
    [
      'a role name of other characters, in words of IAM',
      () =>
        new IAMClient(cloud.client()).send(
          new CreateRoleCommand({ RoleName: 'a b', AssumeRolePolicyDocument: '{}' }),
        ),
      'ValidationError',
      'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'an enumeration',
      () =>
        new LambdaClient(cloud.client()).send(
          new CreateFunctionCommand({
            FunctionName: 'f',
            Role: `arn:aws:iam::${cloud.accountId}:role/r`,
            Code: { ZipFile: new Uint8Array([1]) },
            Architectures: [wrong('mips')],
          }),
        ),
      'ValidationException',
      "Value '[mips]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64]]",
    ],
    [
      'a statement id',
      () =>
        new LambdaClient(cloud.client()).send(
          new AddPermissionCommand({
            FunctionName: 'f',
            StatementId: 'a b',
            Action: 'lambda:InvokeFunction',
            Principal: 's3.amazonaws.com',
          }),
        ),
      'ValidationException',
      `Value 'a b' at 'statementId' failed to satisfy constraint: ${pattern}: ([a-zA-Z0-9-_]+)`,
    ],
    [
      'a repository name, in words of ECR',
      () => new ECRClient(cloud.client()).send(new CreateRepositoryCommand({ repositoryName: 'Bad_Name!' })),
      'InvalidParameterException',
      "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''",
    ],
    [
      'names in a list of ECR',
      () =>
        new ECRClient(cloud.client()).send(
          new DescribeRepositoriesCommand({ repositoryNames: [`${'a-'.repeat(120)}!`] }),
        ),
      'InvalidParameterException',
      "Invalid parameter at 'repositoryNames' failed to satisfy constraint: 'Member must satisfy constraint: [Member must have length",
    ],
    [
      'the name of a change set',
      () =>
        new CloudFormationClient(cloud.client()).send(
          new CreateChangeSetCommand({ StackName: 'a', ChangeSetName: 'a b', TemplateBody: '{}' }),
        ),
      'ValidationError',
      `Value 'a b' at 'changeSetName' failed to satisfy constraint: ${pattern}: [a-zA-Z][-a-zA-Z0-9]*`,
    ],
    [
      'an operator of an alarm',
      () =>
        new CloudWatchClient(cloud.client()).send(
          new PutMetricAlarmCommand({
            AlarmName: 'a',
            EvaluationPeriods: 1,
            ComparisonOperator: wrong('SurgeQueueLength'),
          }),
        ),
      'ValidationException',
      "Value 'SurgeQueueLength' at 'comparisonOperator' failed to satisfy constraint: Member must satisfy enum value set: [",
    ],
    [
      'a member deep in a distribution',
      () =>
        new CloudFrontClient(cloud.client()).send(
          new CreateDistributionCommand({
            DistributionConfig: {
              CallerReference: 'a',
              Comment: '',
              Enabled: true,
              Origins: { Quantity: 1, Items: [{ Id: 'o', DomainName: 'a.example.com' }] },
              DefaultCacheBehavior: { TargetOriginId: 'o', ViewerProtocolPolicy: wrong('never') },
            },
          }),
        ),
      'MalformedXML',
      "1 validation error detected: Value 'never' at 'distributionConfig.defaultCacheBehavior.viewerProtocolPolicy' failed to satisfy constraint: Member must satisfy enum value set: [",
    ],
    [
      'a launch type',
      () =>
        new ECSClient(cloud.client()).send(
          new RunTaskCommand({ taskDefinition: 'a', launchType: wrong('MOON') }),
        ),
      'InvalidParameterException',
      "Value 'MOON' at 'launchType' failed to satisfy constraint: Member must satisfy enum value set: [EC2, FARGATE, EXTERNAL",
    ],
    [
      'a session name',
      () =>
        new STSClient(cloud.client()).send(
          new AssumeRoleCommand({
            RoleArn: `arn:aws:iam::${cloud.accountId}:role/r`,
            RoleSessionName: 'a b',
          }),
        ),
      'ValidationError',
      `Value 'a b' at 'roleSessionName' failed to satisfy constraint: ${pattern}: [\\w+=,.@-]*`,
    ],
  ];

it.each(cases)('refuses %s', async (_title, call, name, text) => {
  await expect(call()).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
});

const reference = readFileSync(
  join(import.meta.dirname, '..', '..', 'docs', 'reference', 'operations.md'),
  'utf8',
).split(/^## /m);

it.each(services.filter(({ constraints }) => constraints))(
  'the limits of $id are those of each of its operations (scripts/constraints.mjs writes them)',
  async ({ id, constraints }) => {
    const section = reference.find((part) => part.startsWith(`${id}\n`)) ?? '';
    const operations = [...section.matchAll(/^\| ([A-Z]\w+) \|/gm)].map(([, name]) => name);
    expect(Object.keys((await constraints?.data())?.default.operations ?? {})).toEqual(operations);
  },
);
