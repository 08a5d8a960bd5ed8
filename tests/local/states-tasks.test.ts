/** Workflows that run ECS tasks and wait for their end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EcsFixture, ecsFixture } from './ecs-fixture.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { type States, statesOf } from './states-support.ts';

let cloud: TestCloud;
let states: States;
let fixture: EcsFixture;
beforeAll(async () => {
  cloud = await testCloud();
  states = await statesOf(cloud);
  fixture = await ecsFixture(cloud);
  const image = await fixture.image("process.exit(process.env.RESULT === 'good' ? 0 : 3);");
  await fixture.define('job', { image });
}, 60_000);
afterAll(async () => {
  await cloud.dispose();
});

const machine = (RESULT: string) =>
  states.create({
    StartAt: 'Run',
    States: {
      Run: {
        Type: 'Task',
        Resource: 'arn:aws:states:::ecs:runTask.sync',
        Parameters: {
          Cluster: 'main',
          TaskDefinition: 'job',
          LaunchType: 'FARGATE',
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-1'] } },
          Overrides: {
            ContainerOverrides: [{ Name: 'app', Environment: [{ Name: 'RESULT', Value: RESULT }] }],
          },
        },
        ResultSelector: { 'status.$': '$.LastStatus', 'exit.$': '$.Containers[0].ExitCode' },
        End: true,
      },
    },
  });

test('a task that ends well is the result of its state', async () => {
  const { output } = await states.run(await machine('good'));
  expect(JSON.parse(output ?? '')).toEqual({ status: 'STOPPED', exit: 0 });
}, 60_000);

test('a task whose container fails fails its state, with the task as the cause', async () => {
  const { error, cause } = await states.run(await machine('bad'));
  expect(error).toBe('States.TaskFailed');
  expect(JSON.parse(cause ?? '')).toMatchObject({ LastStatus: 'STOPPED', Containers: [{ ExitCode: 3 }] });
}, 60_000);
