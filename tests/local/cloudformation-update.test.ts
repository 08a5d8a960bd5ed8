import {
  ContinueUpdateRollbackCommand,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
let parameters: SSMClient;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
  parameters = new SSMClient(cloud.client());
});
afterAll(() => cloud.dispose());

const value = async (Name: string | undefined) =>
  (await parameters.send(new GetParameterCommand({ Name }))).Parameter?.Value;
const gone = (Name: string | undefined) =>
  expect(parameters.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
const named = (Name: string, Value: unknown, more: Record<string, unknown> = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Name, Value },
  ...more,
});
/** Fails to be made, and to be updated: the pattern does not match the value. */
const broken = (more: Record<string, unknown> = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value: 'x', AllowedPattern: '^y$' },
  ...more,
});
const role = (name: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: name,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
  },
});
const iam = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

describe('updating a stack', () => {
  it('changes a property in place and leaves the rest alone', async () => {
    const template = (text: string) => ({ Resources: { A: ssm(text), B: ssm('same') } });
    await stacks.create('in-place', template('one'));
    const before = await stacks.resource('in-place', 'A');
    const stack = await stacks.update('in-place', template('two'));
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    const after = await stacks.resource('in-place', 'A');
    expect(after?.PhysicalResourceId).toBe(before?.PhysicalResourceId);
    expect(await value(after?.PhysicalResourceId)).toBe('two');
    const story = await stacks.story('in-place');
    expect(story.slice(story.indexOf('in-place UPDATE_IN_PROGRESS User Initiated'))).toEqual([
      'in-place UPDATE_IN_PROGRESS User Initiated',
      'A UPDATE_IN_PROGRESS',
      'A UPDATE_COMPLETE',
      'in-place UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'in-place UPDATE_COMPLETE',
    ]);
  });

  it('replaces what cannot change in place, moves its dependents, and then deletes the old one', async () => {
    const template = (name: string) => ({
      Resources: { Role: role(name), Uses: ssm({ Ref: 'Role' }) },
    });
    await stacks.create('replaced', template('first-name'), iam);
    const stack = await stacks.update('replaced', template('second-name'), iam);
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await value((await stacks.resource('replaced', 'Uses'))?.PhysicalResourceId)).toBe('second-name');
    const client = new IAMClient(cloud.client());
    await client.send(new GetRoleCommand({ RoleName: 'second-name' }));
    await expect(client.send(new GetRoleCommand({ RoleName: 'first-name' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    const story = await stacks.story('replaced');
    expect(story.indexOf('Uses UPDATE_COMPLETE')).toBeLessThan(story.indexOf('Role DELETE_COMPLETE'));
  });

  it('adds and removes resources, and refuses an update without changes', async () => {
    await stacks.create('grows', { Resources: { A: named('/grows/a', 'a') } });
    await stacks.update('grows', { Resources: { B: named('/grows/b', 'b') } });
    await gone('/grows/a');
    expect(await value('/grows/b')).toBe('b');
    expect(await stacks.resource('grows', 'A')).toBeUndefined();
    await expect(stacks.update('grows', { Resources: { B: named('/grows/b', 'b') } })).rejects.toThrow(
      'No updates are to be performed.',
    );
  });

  it('keeps what DeletionPolicy and UpdateReplacePolicy retain', async () => {
    const template = (name: string) => ({
      Resources: {
        A: named(name, 'v', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }),
        B: ssm('b'),
      },
    });
    await stacks.create('kept', template('/kept/one'));
    await stacks.update('kept', template('/kept/two'));
    expect(await value('/kept/one')).toBe('v');
    const { StackId = '' } = await stacks.remove('kept');
    expect(await value('/kept/two')).toBe('v');
    expect((await stacks.story(StackId)).filter((line) => line.includes('SKIPPED'))).toEqual([
      'A DELETE_SKIPPED',
      'A DELETE_SKIPPED',
    ]);
  });

  it('goes on from the failed state when rollback is disabled', async () => {
    await stacks.create('paused', { Resources: { A: ssm('one') } });
    const failed = await stacks.update(
      'paused',
      { Resources: { A: ssm('two'), Bad: broken({ DependsOn: 'A' }) } },
      { DisableRollback: true },
    );
    expect(failed.StackStatus).toBe('UPDATE_FAILED');
    const a = (await stacks.resource('paused', 'A'))?.PhysicalResourceId;
    expect(await value(a)).toBe('two');
    const mended = await stacks.update('paused', { Resources: { A: ssm('two'), Bad: ssm('good') } });
    expect(mended.StackStatus).toBe('UPDATE_COMPLETE');
  });
});

describe('rolling back', () => {
  it('deletes what a failed creation made, with the reason in the events', async () => {
    const stack = await stacks.create('never', {
      Resources: { A: named('/never/a', 'a'), Bad: broken({ DependsOn: 'A' }) },
    });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    await gone('/never/a');
    const story = await stacks.story('never');
    expect(story.find((line) => line.startsWith('Bad CREATE_FAILED'))).toMatch(/pattern/i);
    expect(story).toContain(
      'never ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.',
    );
    await expect(stacks.update('never', { Resources: { A: ssm('b') } })).rejects.toThrow(
      /ROLLBACK_COMPLETE state and can not be updated/,
    );
  });

  it('deletes the whole stack when a failed creation is to be deleted', async () => {
    const { StackId = '' } = await stacks.client.send(
      new CreateStackCommand({
        StackName: 'vanishes',
        OnFailure: 'DELETE',
        TemplateBody: JSON.stringify({ Resources: { Bad: broken() } }),
      }),
    );
    expect((await stacks.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    await expect(stacks.describe('vanishes')).rejects.toThrow('does not exist');
  });

  it('takes a failed update back: properties, replacements and additions', async () => {
    await stacks.create('back', {
      Resources: { A: ssm('one'), R: named('/back/old', 'r'), Uses: ssm({ Ref: 'R' }) },
    });
    const before = (await stacks.resource('back', 'A'))?.PhysicalResourceId;
    const stack = await stacks.update('back', {
      Resources: {
        A: ssm('two'),
        R: named('/back/new', 'r'),
        Uses: ssm({ Ref: 'R' }),
        Added: named('/back/added', 'x'),
        Bad: broken({ DependsOn: ['A', 'Uses', 'Added'] }),
      },
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await value(before)).toBe('one');
    expect((await stacks.resource('back', 'R'))?.PhysicalResourceId).toBe('/back/old');
    expect(await value('/back/old')).toBe('r');
    expect(await value((await stacks.resource('back', 'Uses'))?.PhysicalResourceId)).toBe('/back/old');
    await gone('/back/new');
    await gone('/back/added');
    const operations = new Set((await stacks.events('back')).map((one) => one.OperationId));
    expect(operations.size).toBe(3);
    expect((await stacks.update('back', { Resources: { A: ssm('three') } })).StackStatus).toBe(
      'UPDATE_COMPLETE',
    );
  });

  it('rolls a paused creation back when asked', async () => {
    await stacks.create(
      'asked',
      { Resources: { A: named('/asked/a', 'a'), Bad: broken({ DependsOn: 'A' }) } },
      { DisableRollback: true },
    );
    expect(await value('/asked/a')).toBe('a');
    await stacks.client.send(new RollbackStackCommand({ StackName: 'asked' }));
    expect((await stacks.settled('asked')).StackStatus).toBe('ROLLBACK_COMPLETE');
    await gone('/asked/a');
  });

  it('continues a rollback that failed, skipping what is named', async () => {
    await stacks.create('stuck', { Resources: { A: named('/stuck/a', 'one') } });
    await stacks.update(
      'stuck',
      { Resources: { A: named('/stuck/a', 'two'), Bad: broken({ DependsOn: 'A' }) } },
      { DisableRollback: true },
    );
    const fault = {
      id: 'f',
      service: 'ssm',
      operation: 'PutParameter',
      resource: '*',
      rate: 1,
      seed: 1,
      error: { code: 'InternalServerError', message: 'not now', status: 500 },
    };
    cloud.faults.add(fault);
    await stacks.client.send(new RollbackStackCommand({ StackName: 'stuck' }));
    expect((await stacks.settled('stuck')).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    await stacks.client.send(
      new ContinueUpdateRollbackCommand({ StackName: 'stuck', ResourcesToSkip: ['A'] }),
    );
    expect((await stacks.settled('stuck')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    cloud.faults.remove('f');
    expect(await stacks.story('stuck')).toContain('A UPDATE_COMPLETE Resource skipped during UpdateRollback');
  });
});

describe('what is refused before anything is made', () => {
  it('names every unsupported type and property, with logical id and construct path', async () => {
    const create = stacks.create('refused', {
      Resources: {
        Ok: ssm('x'),
        Cluster: { Type: 'AWS::EKS::Cluster', Metadata: { 'aws:cdk:path': 'App/Cluster/Resource' } },
        Db: { Type: 'AWS::RDS::DBInstance' },
        Typo: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Valeu: 'x' } },
        Policy: ssm('x', { Properties: { Type: 'String', Value: 'x', Policies: '[]' } }),
      },
    });
    await expect(create).rejects.toThrow(
      /Unrecognized resource types: \[AWS::EKS::Cluster, AWS::RDS::DBInstance\]/,
    );
    const message = await create.catch((error: Error) => error.message);
    expect(message).toContain(
      'Cluster (AWS::EKS::Cluster, construct App/Cluster/Resource): the resource type is not supported',
    );
    expect(message).toContain('Typo (AWS::SSM::Parameter): #: extraneous key [Valeu] is not permitted');
    expect(message).toContain('Typo (AWS::SSM::Parameter): #: required key [Value] not found');
    expect(message).toContain('Policy (AWS::SSM::Parameter): the property Policies is not supported');
    await expect(stacks.describe('refused')).rejects.toThrow('does not exist');
  });

  it('refuses a function whose runtime cannot run, unless the CDK resource it provides is acted here', async () => {
    const create = stacks.create('python', {
      Resources: {
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Runtime: 'ruby3.3',
            Handler: 'index.handler',
            Role: 'arn:aws:iam::000000000000:role/x',
            Code: { ZipFile: 'x' },
          },
        },
      },
    });
    await expect(create).rejects.toThrow(
      /Function \(AWS::Lambda::Function\): Slipway does not support the runtime ruby3\.3/,
    );
  });

  it('needs the IAM capability that the template asks for', async () => {
    await expect(stacks.create('incapable', { Resources: { R: role('incapable') } })).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    });
  });

  it('refuses another type for the same logical id', async () => {
    await stacks.create('retyped', { Resources: { A: ssm('x') } });
    await expect(stacks.update('retyped', { Resources: { A: role('retyped') } }, iam)).rejects.toThrow(
      'The new template modifies resource type of the following resources: [A]',
    );
  });

  it('refuses operations, options and states by name', async () => {
    await expect(
      stacks.create(
        'topics',
        { Resources: { A: ssm('x') } },
        { NotificationARNs: ['arn:aws:sns:us-east-1:0:t'] },
      ),
    ).rejects.toThrow('NotificationARNs');
    await expect(stacks.create('in-place', { Resources: { A: ssm('x') } })).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
  });
});

describe('parameters', () => {
  it('come from defaults, values, previous values and SSM, and NoEcho is never shown', async () => {
    await parameters.send(new PutParameterCommand({ Name: '/given', Value: 'from-ssm', Type: 'String' }));
    const template = {
      Parameters: {
        Plain: { Type: 'String', Default: 'plain' },
        Secret: { Type: 'String', NoEcho: true },
        Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/given' },
      },
      Resources: {
        A: ssm({ 'Fn::Sub': `\${Plain}/\${Secret}/\${Stored}/{{resolve:ssm:/given}}` }),
      },
      Outputs: { Stored: { Value: { Ref: 'Stored' } } },
    };
    const stack = await stacks.create('parameters', template, {
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hush-hush' }],
    });
    const id = (await stacks.resource('parameters', 'A'))?.PhysicalResourceId;
    expect(await value(id)).toBe('plain/hush-hush/from-ssm/from-ssm');
    expect(stack.Parameters).toEqual([
      { ParameterKey: 'Plain', ParameterValue: 'plain' },
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Stored', ParameterValue: '/given', ResolvedValue: 'from-ssm' },
    ]);
    expect(JSON.stringify(await stacks.events('parameters'))).not.toContain('hush-hush');
    await stacks.update('parameters', template, {
      Parameters: [
        { ParameterKey: 'Plain', ParameterValue: 'changed' },
        { ParameterKey: 'Secret', UsePreviousValue: true },
      ],
    });
    expect(await value(id)).toBe('changed/hush-hush/from-ssm/from-ssm');
    await expect(
      stacks.update('parameters', template, { Parameters: [{ ParameterKey: 'Nope', ParameterValue: 'x' }] }),
    ).rejects.toThrow('Parameters: [Nope] do not exist in the template');
  });

  it('are held to rules before anything starts', async () => {
    await expect(
      stacks.create('ruled', {
        Parameters: { Stage: { Type: 'String', Default: 'dev' } },
        Rules: {
          Prod: {
            Assertions: [
              { Assert: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, AssertDescription: 'prod only' },
            ],
          },
        },
        Resources: { A: ssm('x') },
      }),
    ).rejects.toThrow('Template constraint violation: prod only');
  });
});

describe('permissions', () => {
  it('deploys as the role of the stack, and fails on what the role may not do', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    };
    const made = await stacks.create(
      'roles',
      {
        Resources: {
          Deployer: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: trust,
              Policies: [
                {
                  PolicyName: 'only-allowed',
                  PolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [
                      { Effect: 'Allow', Action: 'ssm:*', Resource: 'arn:aws:ssm:*:*:parameter/allowed/*' },
                    ],
                  },
                },
              ],
            },
          },
        },
        Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Deployer', 'Arn'] } } },
      },
      { Capabilities: ['CAPABILITY_IAM'] },
    );
    const RoleARN = made.Outputs?.[0]?.OutputValue;
    const good = await stacks.create('allowed', { Resources: { A: named('/allowed/a', 'x') } }, { RoleARN });
    expect(good.StackStatus).toBe('CREATE_COMPLETE');
    const bad = await stacks.create('denied', { Resources: { A: named('/other/a', 'x') } }, { RoleARN });
    expect(bad.StackStatus).toBe('ROLLBACK_COMPLETE');
    const why = (await stacks.story('denied')).find((line) => line.startsWith('A CREATE_FAILED'));
    expect(why).toMatch(/assumed-role\/roles-Deployer-.*ssm:PutParameter.*parameter\/other\/a/);
    expect(
      (await stacks.client.send(new DescribeStackResourcesCommand({ StackName: 'allowed' }))).StackResources,
    ).toHaveLength(1);
  });
});
