/** Executions of state machines: their outputs and the histories that AWS shows for the like. */

import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  GetActivityTaskCommand,
  RedriveExecutionCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { type States, statesOf } from './states-support.ts';

let cloud: TestCloud;
let states: States;
beforeAll(async () => {
  cloud = await testCloud();
  states = await statesOf(cloud);
});
afterAll(() => cloud.dispose());

/** `id<-previous type` of each event. */
const shape = async (arn: string | undefined) =>
  (await states.history(arn ?? '')).map(
    ({ id, previousEventId, type }) => `${id}<-${previousEventId} ${type}`,
  );

/** Moves the clock on, step by step, until the work is done. */
async function whileTimePasses<T>(work: Promise<T>, ms: number): Promise<T> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  while (!done) {
    await cloud.clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return settled;
}

describe('flow', () => {
  test('a Map tells of its items one after another when one runs at a time', async () => {
    const machine = await states.create({
      StartAt: 'Items',
      States: {
        Items: {
          Type: 'Map',
          MaxConcurrency: 1,
          ItemsPath: '$.items',
          ItemSelector: { 'value.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index' },
          ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Pass', End: true } } },
          ResultPath: '$.done',
          End: true,
        },
      },
    });
    const { executionArn, output, status } = await states.run(machine, { items: ['A', 'B'] });
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toEqual({
      items: ['A', 'B'],
      done: [
        { value: 'A', index: 0 },
        { value: 'B', index: 1 },
      ],
    });
    expect(await shape(executionArn)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 MapStateEntered',
      '3<-2 MapStateStarted',
      '4<-3 MapIterationStarted',
      '5<-4 PassStateEntered',
      '6<-5 PassStateExited',
      '7<-6 MapIterationSucceeded',
      '8<-6 MapIterationStarted',
      '9<-8 PassStateEntered',
      '10<-9 PassStateExited',
      '11<-10 MapIterationSucceeded',
      '12<-10 MapStateSucceeded',
      '13<-10 MapStateExited',
      '14<-13 ExecutionSucceeded',
    ]);
  });

  test('a branch that fails fails its Parallel, which is caught', async () => {
    const machine = await states.create({
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'Bad', States: { Bad: { Type: 'Fail', Error: 'FailureType', Cause: 'why' } } },
          ],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    });
    const { executionArn, output } = await states.run(machine);
    expect(JSON.parse(output ?? '')).toEqual({ Error: 'FailureType', Cause: 'why' });
    expect(await shape(executionArn)).toEqual([
      '1<-0 ExecutionStarted',
      '2<-0 ParallelStateEntered',
      '3<-2 ParallelStateStarted',
      '4<-3 FailStateEntered',
      '5<-4 ParallelStateFailed',
      '6<-5 ParallelStateExited',
      '7<-6 PassStateEntered',
      '8<-7 PassStateExited',
      '9<-8 ExecutionSucceeded',
    ]);
  });

  test('JSONata states pass variables on', async () => {
    const machine = await states.create({
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: {
          Type: 'Pass',
          Assign: { total: '{% $sum($states.input.prices) %}' },
          Output: { count: '{% $count($states.input.prices) %}' },
          Next: 'Choose',
        },
        Choose: {
          Type: 'Choice',
          Choices: [{ Condition: '{% $total > 5 %}', Next: 'Much' }],
          Default: 'Little',
        },
        Much: { Type: 'Succeed', Output: '{% {"total": $total, "count": $states.input.count} %}' },
        Little: { Type: 'Fail', Error: 'Little' },
      },
    });
    const { output } = await states.run(machine, { prices: [1, 2, 3] });
    expect(JSON.parse(output ?? '')).toEqual({ total: 6, count: 3 });
  });

  test('a failed expression is told in an event of its own', async () => {
    const machine = await states.create({
      QueryLanguage: 'JSONata',
      StartAt: 'State0',
      States: { State0: { Type: 'Pass', Output: { result: '{% $doesNotExist %}' }, End: true } },
    });
    const { executionArn, status, error, cause } = await states.run(machine);
    expect({ status, error, cause }).toEqual({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause:
        "An error occurred while executing the state 'State0' (entered at the event id #2). The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
    });
    const failed = (await states.history(executionArn ?? '')).find(({ type }) => type === 'EvaluationFailed');
    expect(failed?.evaluationFailedEventDetails).toMatchObject({
      location: 'Output/result',
      state: 'State0',
    });
  });

  test('a retried task waits longer each time, on the clock', async () => {
    const machine = await states.create({
      StartAt: 'Call',
      States: {
        Call: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl: `${cloud.endpoint}/${cloud.accountId}/absent`, MessageBody: 'x' },
          Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3600, MaxAttempts: 2 }],
          End: true,
        },
      },
    });
    const { executionArn, error } = await whileTimePasses(states.run(machine), 3_600_000);
    expect(error).toBe('SQS.QueueDoesNotExistException');
    const attempts = (await states.history(executionArn ?? '')).filter(({ type }) => type === 'TaskFailed');
    expect(attempts).toHaveLength(3);
  });
});

describe('integrations', () => {
  test('a message is sent with the permissions of the role', async () => {
    const sqs = new SQSClient(cloud.client());
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    const machine = await states.create({
      StartAt: 'Send',
      States: {
        Send: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Parameters: { QueueUrl, MessageBody: { 'order.$': '$.order' } },
          End: true,
        },
      },
    });
    const { status } = await states.run(machine, { order: 7 });
    expect(status).toBe('SUCCEEDED');
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.[0]?.Body).toBe('{"order":7}');
  });

  test('an express machine answers at once', async () => {
    const machine = await states.create(
      { StartAt: 'A', States: { A: { Type: 'Pass', Result: { ok: true }, End: true } } },
      { type: 'EXPRESS' },
    );
    const { status, output } = await states.sfn.send(
      new StartSyncExecutionCommand({ stateMachineArn: machine, input: '{}' }),
    );
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: '{"ok":true}' });
  });
});

test('definitions that AWS refuses are refused in its words', async () => {
  const definition = (value: object) =>
    states.sfn.send(
      new CreateStateMachineCommand({
        name: 'bad',
        roleArn: states.roleArn,
        definition: JSON.stringify(value),
      }),
    );
  await expect(
    definition({
      StartAt: 'pass1',
      States: { pass1: { Type: 'Pass', Next: 'pass3' }, pass2: { Type: 'Pass', End: true } },
    }),
  ).rejects.toThrow(
    `Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next, MISSING_TRANSITION_TARGET: State "pass2" is not reachable. at /States/pass2'`,
  );
  await expect(definition({ StartAt: 'A' })).rejects.toThrow(
    "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
  );
});

test('a redriven execution goes on where it failed, and does nothing again that was done', async () => {
  const sqs = new SQSClient(cloud.client());
  const { QueueUrl: done } = await sqs.send(new CreateQueueCommand({ QueueName: 'redrive-done' }));
  const send = (QueueUrl: string | undefined, next: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage',
    Parameters: { QueueUrl, MessageBody: 'once' },
    ...next,
  });
  const machine = await states.create({
    StartAt: 'Both',
    States: {
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'First', States: { First: send(done, { End: true }) } },
          {
            StartAt: 'Pause',
            States: {
              Pause: { Type: 'Wait', Seconds: 1, Next: 'Second' },
              Second: send(done?.replace('redrive-done', 'redrive-late'), { End: true }),
            },
          },
        ],
        End: true,
      },
    },
  });
  const failed = await states.run(machine);
  expect(failed).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE', redriveCount: 0 });
  const { QueueUrl: late } = await sqs.send(new CreateQueueCommand({ QueueName: 'redrive-late' }));
  await states.sfn.send(new RedriveExecutionCommand({ executionArn: failed.executionArn }));
  const ended = await states.ended(failed.executionArn ?? '');
  expect(ended).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
  const received = async (QueueUrl: string | undefined) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages?.length;
  expect([await received(done), await received(late)]).toEqual([1, 1]);
});

test('a task that sends no heartbeat times out, and one that does goes on', async () => {
  const { activityArn } = await states.sfn.send(new CreateActivityCommand({ name: 'beats' }));
  const machine = await states.create({
    StartAt: 'Work',
    States: {
      Work: {
        Type: 'Task',
        Resource: activityArn,
        HeartbeatSeconds: 60,
        Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Late' }],
        End: true,
      },
      Late: { Type: 'Pass', Result: 'late', End: true },
    },
  });
  const start = async () => {
    const { executionArn = '' } = await states.sfn.send(
      new StartExecutionCommand({ stateMachineArn: machine }),
    );
    const { taskToken } = await states.sfn.send(new GetActivityTaskCommand({ activityArn }));
    return { executionArn, taskToken };
  };
  const kept = await start();
  for (let i = 0; i < 3; i++) {
    await cloud.clock.advance(45_000);
    await states.sfn.send(new SendTaskHeartbeatCommand({ taskToken: kept.taskToken }));
  }
  await states.sfn.send(new SendTaskSuccessCommand({ taskToken: kept.taskToken, output: '"done"' }));
  expect((await states.ended(kept.executionArn)).output).toBe('"done"');

  const left = await start();
  await cloud.clock.advance(61_000);
  expect((await states.ended(left.executionArn)).output).toBe('"late"');
  const types = (await states.history(left.executionArn)).map(({ type }) => type);
  expect(types).toContain('ActivityTimedOut');
});

test('an execution ends at its time limit, or when it is stopped', async () => {
  const machine = await states.create({
    TimeoutSeconds: 600,
    StartAt: 'Long',
    States: { Long: { Type: 'Wait', Seconds: 86_400, End: true } },
  });
  const start = async () =>
    (await states.sfn.send(new StartExecutionCommand({ stateMachineArn: machine }))).executionArn ?? '';
  const [stopped, late] = [await start(), await start()];
  await states.sfn.send(new StopExecutionCommand({ executionArn: stopped, error: 'Enough', cause: 'tired' }));
  expect(await states.ended(stopped)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'tired' });
  await cloud.clock.advance(601_000);
  expect(await states.ended(late)).toMatchObject({ status: 'TIMED_OUT' });
  const last = (await states.history(late)).at(-1);
  expect(last?.type).toBe('ExecutionTimedOut');
});
