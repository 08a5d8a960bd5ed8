/** What a creation of several calls made before one of them failed is found, deleted and made again. */
import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
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

const fault = (service: string, operation: string) => ({
  id: `${service} ${operation}`,
  service,
  operation,
  resource: '*',
  rate: 1,
  seed: 1,
  error: { code: 'InternalServerError', message: 'not now', status: 500 },
});

const assumeBy = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
};

const named = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

/** [type, its properties, the later call of its creation that fails] */
const members: readonly [string, Record<string, unknown>, string, string][] = [
  [
    'AWS::IAM::Role',
    {
      RoleName: 'half',
      AssumeRolePolicyDocument: assumeBy('lambda.amazonaws.com'),
      Policies: [{ PolicyName: 'p', PolicyDocument: document }],
    },
    'iam',
    'PutRolePolicy',
  ],
  ['AWS::Logs::LogGroup', { LogGroupName: '/half', RetentionInDays: 7 }, 'logs', 'PutRetentionPolicy'],
  [
    'AWS::S3::Bucket',
    { BucketName: 'half-bucket', VersioningConfiguration: { Status: 'Enabled' } },
    's3',
    'PutBucketVersioning',
  ],
  [
    'AWS::DynamoDB::Table',
    {
      TableName: 'half',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      TimeToLiveSpecification: { AttributeName: 't', Enabled: true },
    },
    'dynamodb',
    'UpdateTimeToLive',
  ],
];

it.each(members)(
  'a half-made %s is deleted by the rollback, and made by the next attempt',
  async (Type, Properties, service, operation) => {
    const name = Type.replaceAll('::', '-');
    const template = { Resources: { A: { Type, Properties } } };
    const failing = fault(service, operation);
    cloud.faults.add(failing);
    expect((await stacks.create(name, template, named)).StackStatus).toBe('ROLLBACK_COMPLETE');
    cloud.faults.remove(failing.id);
    await stacks.remove(name);
    expect((await stacks.create(name, template, named)).StackStatus).toBe('CREATE_COMPLETE');
    expect((await stacks.remove(name)).StackStatus).toBe('DELETE_COMPLETE');
  },
);

it.each(members)(
  'a half-made %s is deleted by the rollback of an update',
  async (Type, Properties, service, operation) => {
    const name = `update-${Type.replaceAll('::', '-')}`;
    const template = { Resources: { S: ssm('s'), A: { Type, Properties } } };
    const failing = fault(service, operation);
    await stacks.create(name, { Resources: { S: ssm('s') } });
    cloud.faults.add(failing);
    expect((await stacks.update(name, template, named)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    cloud.faults.remove(failing.id);
    expect((await stacks.update(name, template, named)).StackStatus).toBe('UPDATE_COMPLETE');
    expect((await stacks.remove(name)).StackStatus).toBe('DELETE_COMPLETE');
  },
);

it('a stack whose resources cannot be deleted now is deleted by the next attempt', async () => {
  const failing = fault('ssm', '*');
  await stacks.create('later', { Resources: { A: ssm('x') } });
  cloud.faults.add(failing);
  const { StackId = '' } = await stacks.describe('later');
  await stacks.client.send(new DeleteStackCommand({ StackName: StackId }));
  expect((await stacks.settled(StackId)).StackStatus).toBe('DELETE_FAILED');
  cloud.faults.remove(failing.id);
  expect((await stacks.remove('later')).StackStatus).toBe('DELETE_COMPLETE');
});

it('names a parameter after its logical id, as CloudFormation does', async () => {
  await stacks.create('named', { Resources: { Setting: ssm('x') } });
  const Name = (await stacks.resource('named', 'Setting'))?.PhysicalResourceId;
  expect(Name).toMatch(/^CFN-Setting-[A-Z0-9]{12}$/i);
  const { Parameter } = await new SSMClient(cloud.client()).send(new GetParameterCommand({ Name }));
  expect(Parameter?.Value).toBe('x');
});
