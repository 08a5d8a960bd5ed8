import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
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

describe('creating a stack', () => {
  it('makes resources in dependency order, tells it in events, and answers outputs', async () => {
    const stack = await stacks.create('simple', {
      Resources: {
        Second: ssm({ 'Fn::Join': ['-', ['after', { Ref: 'First' }]] }),
        First: ssm('one'),
      },
      Outputs: {
        Name: { Value: { Ref: 'Second' }, Description: 'the second' },
        Value: { Value: { 'Fn::GetAtt': ['Second', 'Value'] } },
      },
    });
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    const first = await stacks.resource('simple', 'First');
    const outputs = Object.fromEntries((stack.Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
    expect(outputs.Value).toBe(`after-${first?.PhysicalResourceId}`);
    expect(await value(outputs.Name)).toBe(outputs.Value);
    expect(await stacks.story('simple')).toEqual([
      'simple CREATE_IN_PROGRESS User Initiated',
      'First CREATE_IN_PROGRESS',
      'First CREATE_IN_PROGRESS Resource creation Initiated',
      'First CREATE_COMPLETE',
      'Second CREATE_IN_PROGRESS',
      'Second CREATE_IN_PROGRESS Resource creation Initiated',
      'Second CREATE_COMPLETE',
      'simple CREATE_COMPLETE',
    ]);
  });

  it('works through a change set, and deletes what it made', async () => {
    const set = await stacks.changeSet('reviewed', 'CREATE', { Resources: { P: ssm('x') } });
    expect(set).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect((await stacks.describe('reviewed')).StackStatus).toBe('REVIEW_IN_PROGRESS');
    expect((await stacks.execute(set)).StackStatus).toBe('CREATE_COMPLETE');
    const made = (await stacks.resource('reviewed', 'P'))?.PhysicalResourceId;
    expect(await value(made)).toBe('x');
    expect((await stacks.remove('reviewed')).StackStatus).toBe('DELETE_COMPLETE');
    await gone(made);
    await expect(stacks.describe('reviewed')).rejects.toThrow('Stack with id reviewed does not exist');
  });
});
