/** Whatever state an earlier operation left a stack in, `up` brings it to what the template says, and it can be deleted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/api/local.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-wedged-'));
let cloud: LocalCloud;
let cloudformation: CloudFormationClient;
beforeAll(async () => {
  cloud = await startLocalCloud();
  cloudformation = cloud.client(CloudFormationClient);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

const queue = (DelaySeconds: number) => ({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds } },
});
const body = (Resources: object) => JSON.stringify({ Resources });
/** Fails once the queue is there: no bucket has the name. */
const failing = (delay: number) =>
  body({
    ...queue(delay),
    Bad: {
      Type: 'AWS::S3::BucketPolicy',
      DependsOn: 'Queue',
      Properties: {
        Bucket: 'no-such-bucket-is-here',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: '000000000000' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::no-such-bucket-is-here/*',
            },
          ],
        },
      },
    },
  });
const waiting = body({
  Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
  Wait: {
    Type: 'AWS::CloudFormation::WaitCondition',
    Properties: { Handle: { Ref: 'Handle' }, Timeout: '1' },
  },
});

const create = (StackName: string, TemplateBody: string, DisableRollback = false) =>
  cloudformation.send(new CreateStackCommand({ StackName, TemplateBody, DisableRollback }));
const update = (StackName: string, TemplateBody: string, DisableRollback = false) =>
  cloudformation.send(new UpdateStackCommand({ StackName, TemplateBody, DisableRollback }));

async function statusOf(StackName: string): Promise<string> {
  try {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus ?? '';
  } catch {
    return 'gone';
  }
}

async function settled(name: string): Promise<string> {
  for (;;) {
    const status = await statusOf(name);
    if (!status.endsWith('_IN_PROGRESS') || status === 'REVIEW_IN_PROGRESS') return status;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const created = async (name: string) => {
  await create(name, body(queue(1)));
  await settled(name);
};

const failingCalls = (operation: string) =>
  cloud.injectFault({
    service: 'sqs',
    operation,
    error: { code: 'InternalFailure', message: 'no', status: 500 },
  });

interface State {
  readonly make: (name: string) => Promise<unknown>;
  /** Of SQS: fails while the state is made, and for `stubborn` ones also when the stack is to be deleted. */
  readonly fails?: string;
  readonly stubborn?: true;
}

const states: Readonly<Record<string, State>> = {
  ROLLBACK_COMPLETE: { make: (name) => create(name, failing(1)) },
  ROLLBACK_FAILED: { make: (name) => create(name, failing(1)), fails: 'DeleteQueue' },
  'ROLLBACK_FAILED, whose resource cannot be deleted': {
    make: (name) => create(name, failing(1)),
    fails: 'DeleteQueue',
    stubborn: true,
  },
  CREATE_FAILED: { make: (name) => create(name, failing(1), true) },
  UPDATE_FAILED: { make: (name) => created(name).then(() => update(name, failing(2), true)) },
  UPDATE_ROLLBACK_COMPLETE: { make: (name) => created(name).then(() => update(name, failing(2))) },
  UPDATE_ROLLBACK_FAILED: {
    make: (name) => created(name).then(() => update(name, body(queue(2)))),
    fails: 'SetQueueAttributes',
  },
  DELETE_FAILED: {
    make: (name) =>
      created(name).then(() => cloudformation.send(new DeleteStackCommand({ StackName: name }))),
    fails: 'DeleteQueue',
  },
  'DELETE_FAILED, whose resource cannot be deleted': {
    make: (name) =>
      created(name).then(() => cloudformation.send(new DeleteStackCommand({ StackName: name }))),
    fails: 'DeleteQueue',
    stubborn: true,
  },
  REVIEW_IN_PROGRESS: {
    make: (StackName) =>
      cloudformation.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName: 'first',
          ChangeSetType: 'CREATE',
          TemplateBody: body(queue(1)),
        }),
      ),
  },
  CREATE_IN_PROGRESS: { make: (name) => create(name, waiting) },
};

it.each(Object.entries(states))(
  '%s: deployed again, and deleted',
  async (title, { make, fails, stubborn }) => {
    const state = title.replace(/,.*/, '');
    const name = title.replace(/[^A-Za-z]+/g, '-');
    const mend = fails === undefined ? undefined : await failingCalls(fails);
    await make(name);
    expect(state === 'CREATE_IN_PROGRESS' ? await statusOf(name) : await settled(name)).toBe(state);
    if (!stubborn) mend?.();
    const file = join(folder, `${name}.json`);
    writeFileSync(file, body(queue(3)));
    const { stacks } = await cloud.up(file);
    expect(stacks.map(({ changed }) => changed)).toEqual([true]);
    expect(await statusOf(name)).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
    mend?.();
    if (stubborn) expect(cloud.events().filter((one) => one.name === 'stack.resource.left')).not.toEqual([]);
    await cloudformation.send(new DeleteStackCommand({ StackName: name }));
    expect(await settled(name)).toBe('gone');
  },
);
