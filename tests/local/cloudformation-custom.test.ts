import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

/** Answers with what it was asked; `Fail`, `Silent` and `Id` of the properties steer it. */
const code = `
exports.handler = async (event) => {
  const p = event.ResourceProperties;
  if (p.Throw === event.RequestType) throw new TypeError('thrown on purpose');
  if (p.Silent === event.RequestType) return;
  const failed = p.Fail === event.RequestType;
  const body = {
    Status: failed ? 'FAILED' : 'SUCCESS',
    Reason: failed ? 'refused on purpose' : '',
    PhysicalResourceId: p.Id ?? event.PhysicalResourceId ?? 'made',
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Type: event.RequestType, Old: JSON.stringify(event.OldResourceProperties ?? null), Count: p.Count, Install: String(p.InstallLatestAwsSdk) },
  };
  await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
};`;
const provider = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    },
  },
  Provider: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: code },
    },
  },
};
const custom = (properties: object) => ({
  Type: 'Custom::Thing',
  Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties },
});
const template = (properties: object, more: object = {}) => ({
  Resources: { ...provider, Thing: custom(properties), ...more },
  Outputs: {
    Id: { Value: { Ref: 'Thing' } },
    Type: { Value: { 'Fn::GetAtt': ['Thing', 'Type'] } },
    Old: { Value: { 'Fn::GetAtt': ['Thing', 'Old'] } },
  },
});
const iam = { Capabilities: ['CAPABILITY_IAM' as const] };
const outputs = async (name: string) =>
  Object.fromEntries(
    ((await stacks.describe(name)).Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]),
  );

describe('a custom resource backed by a function', () => {
  it('is created, updated, replaced and deleted by what the function answers', async () => {
    const made = await stacks.create('custom', template({ Count: 1 }), iam);
    expect(made.StackStatus).toBe('CREATE_COMPLETE');
    expect(await outputs('custom')).toEqual({ Id: 'made', Type: 'Create', Old: 'null' });
    await stacks.update('custom', template({ Count: 2 }), iam);
    const updated = await outputs('custom');
    expect(updated).toMatchObject({ Id: 'made', Type: 'Update' });
    expect(JSON.parse(updated.Old ?? '')).toMatchObject({ Count: '1' });
    await stacks.update('custom', template({ Count: 2, Id: 'another' }), iam);
    expect(await outputs('custom')).toMatchObject({ Id: 'another' });
    const events = await stacks.events('custom');
    expect(
      events.filter((one) => one.ResourceStatus === 'DELETE_COMPLETE').map((one) => one.PhysicalResourceId),
    ).toEqual(['made']);
    expect((await stacks.remove('custom')).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('fails the stack with the reason the function gave', async () => {
    const stack = await stacks.create('refusing', template({ Fail: 'Create' }), iam);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('refusing')).join('\n')).toContain(
      'Thing CREATE_FAILED Received response status [FAILED] from custom resource. Message returned: refused on purpose',
    );
  });

  it('fails at once when the function throws without an answer', async () => {
    const stack = await stacks.create('throwing', template({ Throw: 'Create' }), iam);
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('throwing')).join('\n')).toContain('thrown on purpose');
  });

  it('fails when no answer comes within its ServiceTimeout', async () => {
    const creating = stacks.create('silent', template({ Silent: 'Create', ServiceTimeout: 60 }), iam);
    while ((await stacks.resource('silent', 'Thing').catch(() => undefined))?.ResourceStatus === undefined);
    await cloud.clock.advance(61_000);
    expect((await creating).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await stacks.story('silent')).join('\n')).toContain(
      'CloudFormation did not receive a response from your Custom Resource within 60 seconds',
    );
  });

  it('gets its old properties again when the update of another resource fails', async () => {
    await stacks.create('undone', template({ Count: 1 }), iam);
    const bad = {
      Bad: ssm('x', {
        DependsOn: 'Thing',
        Properties: { Type: 'String', Value: 'x', AllowedPattern: '^y$' },
      }),
    };
    const stack = await stacks.update('undone', template({ Count: 2 }, bad), iam);
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const story = await stacks.story('undone');
    expect(story.filter((line) => line === 'Thing UPDATE_COMPLETE')).toHaveLength(2);
  });

  it('needs a ServiceToken', async () => {
    await expect(
      stacks.create('tokenless', { Resources: { T: { Type: 'Custom::Thing', Properties: { A: 'b' } } } }),
    ).rejects.toThrow('T (Custom::Thing): required key [ServiceToken] not found');
  });

  it('is told not to install an SDK, which functions here have', async () => {
    const { Outputs, ...rest } = template({ InstallLatestAwsSdk: 'true' });
    const made = await stacks.create(
      'installing',
      { ...rest, Outputs: { ...Outputs, Install: { Value: { 'Fn::GetAtt': ['Thing', 'Install'] } } } },
      iam,
    );
    expect(made.StackStatus).toBe('CREATE_COMPLETE');
    expect((await outputs('installing')).Install).toBe('false');
  });

  it('names the calls of the CDK’s AwsCustomResource that nothing here answers', async () => {
    const call = (service: string, action: string) => JSON.stringify({ service, action, parameters: {} });
    const ServiceToken = `arn:aws:lambda:us-east-1:${cloud.accountId}:function:calls`;
    const template = (Create: string, Delete: string) => ({
      Resources: { Call: { Type: 'Custom::AWS', Properties: { ServiceToken, Create, Delete } } },
    });
    const refused = (create: string, remove: string) =>
      stacks.create('calls', template(create, remove)).then(
        () => 'accepted',
        (error: Error) => error.message,
      );
    const both = await refused(call('S3Vectors', 'createIndex'), call('@aws-sdk/client-sqs', 'ListMoons'));
    expect(both).toContain('does not support S3Vectors.createIndex, which Create calls');
    expect(both).toContain('does not support @aws-sdk/client-sqs.ListMoons, which Delete calls');
    expect(
      await refused(call('CloudWatchLogs', 'putRetentionPolicy'), call('EventBridge', 'PutEventsCommand')),
    ).toBe('accepted');
  });
});
