/** State machines, versions, aliases and activities of templates. */
import { DescribeStateMachineAliasCommand, DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployer, deployer } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type States, statesOf } from './states-support.ts';

let cloud: TestCloud;
let stacks: Deployer;
let states: States;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
  states = await statesOf(cloud);
});
afterAll(() => cloud.dispose());

const template = (greeting: string) => ({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'states.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
      },
    },
    Approve: { Type: 'AWS::StepFunctions::Activity', Properties: { Name: 'approve' } },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Definition: {
          StartAt: 'Greet',
          States: { Greet: { Type: 'Pass', Result: { text: '${Greeting}' }, End: true } },
        },
        DefinitionSubstitutions: { Greeting: greeting },
        TracingConfiguration: { Enabled: true },
        Tags: [{ Key: 'team', Value: 'a' }],
      },
    },
    First: {
      Type: 'AWS::StepFunctions::StateMachineVersion',
      Properties: { StateMachineArn: { Ref: 'Machine' } },
    },
    Live: {
      Type: 'AWS::StepFunctions::StateMachineAlias',
      Properties: {
        Name: 'live',
        RoutingConfiguration: [{ StateMachineVersionArn: { Ref: 'First' }, Weight: 100 }],
      },
    },
  },
  Outputs: {
    Machine: { Value: { Ref: 'Machine' } },
    Alias: { Value: { Ref: 'Live' } },
    Activity: { Value: { 'Fn::GetAtt': ['Approve', 'Arn'] } },
  },
});

it('deploys a machine with its version and alias, and changes it in place', async () => {
  const stack = await stacks.create('flow', template('say "hi"'), { Capabilities: ['CAPABILITY_IAM'] });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const output = (key: string) => stack.Outputs?.find((one) => one.OutputKey === key)?.OutputValue ?? '';
  const [machine, alias] = [output('Machine'), output('Alias')];
  expect(output('Activity')).toMatch(/:activity:approve$/);
  expect((await states.run(alias)).output).toBe('{"text":"say \\"hi\\""}');

  const updated = await stacks.update('flow', template('bye'), { Capabilities: ['CAPABILITY_IAM'] });
  expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
  expect((await states.run(machine)).output).toBe('{"text":"bye"}');
  // The version, and with it the alias, keep what they were made of.
  const ended = await states.run(alias);
  expect(ended).toMatchObject({
    output: '{"text":"say \\"hi\\""}',
    stateMachineAliasArn: alias,
    stateMachineVersionArn: `${machine}:1`,
  });
  const described = await states.sfn.send(
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: alias }),
  );
  expect(described.routingConfiguration).toEqual([{ stateMachineVersionArn: `${machine}:1`, weight: 100 }]);

  expect((await stacks.remove('flow')).StackStatus).toBe('DELETE_COMPLETE');
  await expect(
    states.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machine })),
  ).rejects.toThrow('State Machine Does Not Exist');
});
