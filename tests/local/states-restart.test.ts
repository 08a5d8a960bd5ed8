/** Executions of a cloud that is killed: they go on where they were, and do nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateActivityCommand,
  DescribeExecutionCommand,
  GetActivityTaskCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { TestCloud } from './harness.ts';
import { killableCloud } from './killable-cloud.ts';
import { type States, statesOf } from './states-support.ts';

async function messages(cloud: TestCloud, QueueUrl: string): Promise<readonly string[]> {
  const sqs = new SQSClient(cloud.client());
  const found: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return found.sort();
    found.push(...Messages.map(({ Body = '' }) => Body));
  }
}

test('a standard execution survives kills in a wait, in a Map and at an activity', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-states-'));
  let running = await killableCloud(folder);
  try {
    const { cloud } = running;
    const states = await statesOf(cloud);
    const sqs = new SQSClient(cloud.client());
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'effects' }));
    const { activityArn } = await states.sfn.send(new CreateActivityCommand({ name: 'approve' }));
    const send = (body: string, next: object) => ({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Parameters: { QueueUrl, 'MessageBody.$': body },
      ...next,
    });
    const machine = await states.create({
      StartAt: 'Before',
      States: {
        Before: send("States.Format('before')", { ResultPath: null, Next: 'Items' }),
        Items: {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemProcessor: {
            StartAt: 'Send',
            States: {
              Send: send("States.Format('item {}', $)", { ResultPath: null, Next: 'Pause' }),
              Pause: { Type: 'Wait', Seconds: 2, End: true },
            },
          },
          Next: 'Approve',
        },
        Approve: { Type: 'Task', Resource: activityArn, Next: 'After' },
        After: send("States.Format('after {}', $)", { End: true }),
      },
    });
    const { executionArn = '' } = await states.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: machine,
        name: 'run',
        input: JSON.stringify({ items: [1, 2, 3] }),
      }),
    );
    await untilHistory(states, executionArn, 'WaitStateEntered');
    await running.kill();
    running = await killableCloud(folder);
    const again = await statesAgain(running.cloud, states);
    await untilHistory(again, executionArn, 'ActivityScheduled');
    await running.kill();
    running = await killableCloud(folder);
    const last = await statesAgain(running.cloud, states);
    const { taskToken, input } = await last.sfn.send(
      new GetActivityTaskCommand({ activityArn, workerName: 'w' }),
    );
    expect(input).toBe('[1,2,3]');
    await last.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"yes"' }));
    const { status } = await last.ended(executionArn);
    expect(status).toBe('SUCCEEDED');
    expect(await messages(running.cloud, QueueUrl)).toEqual([
      'after yes',
      'before',
      'item 1',
      'item 2',
      'item 3',
    ]);
  } finally {
    await running.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

async function untilHistory(states: States, executionArn: string, wanted: string): Promise<void> {
  for (;;) {
    if ((await states.history(executionArn)).some(({ type }) => type === wanted)) return;
    const { status } = await states.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') throw new Error(`${executionArn} is ${status}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The same machines, asked of the cloud that was started again. */
const statesAgain = (cloud: TestCloud, { roleArn }: States): Promise<States> => statesOf(cloud, roleArn);
