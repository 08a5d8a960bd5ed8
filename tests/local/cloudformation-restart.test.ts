import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { deployer, ssm } from './cloudformation-support.ts';
import { testCloud } from './harness.ts';

const waiting = (name: string) => ({
  Resources: {
    Made: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: name, Value: 'x' } },
    Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    Wait: {
      Type: 'AWS::CloudFormation::WaitCondition',
      DependsOn: 'Made',
      Properties: { Handle: { Ref: 'Handle' }, Timeout: '3600' },
    },
  },
});

describe('a cloud that stopped in the middle of an operation', () => {
  it('rolls a creation back when it starts again, and says why', async () => {
    const first = await testCloud();
    const before = deployer(first);
    const { StackId = '' } = await before.client.send(
      new CreateStackCommand({ StackName: 'cut', TemplateBody: JSON.stringify(waiting('/cut/made')) }),
    );
    while (!(await before.resource('cut', 'Wait')));
    await first.close();
    const second = await testCloud({ stateDirectory: first.stateDirectory });
    const after = deployer(second);
    expect((await after.settled(StackId)).StackStatus).toBe('ROLLBACK_COMPLETE');
    const story = await after.story(StackId);
    expect(story.find((line) => line.startsWith('Wait CREATE_FAILED'))).toContain(
      'the local cloud stopped during the operation',
    );
    const client = new SSMClient(second.client());
    await expect(client.send(new GetParameterCommand({ Name: '/cut/made' }))).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    await second.dispose();
  });

  it('takes an update back to the last good state', async () => {
    const first = await testCloud();
    const before = deployer(first);
    await before.create('cut-update', { Resources: { A: ssm('old') } });
    const template = waiting('/cut-update/made');
    void before
      .update('cut-update', {
        Resources: {
          A: ssm('new'),
          ...template.Resources,
          Wait: { ...template.Resources.Wait, DependsOn: ['A', 'Made'] },
        },
      })
      .catch(() => undefined);
    while (!(await before.resource('cut-update', 'Wait')));
    await first.close();
    const second = await testCloud({ stateDirectory: first.stateDirectory });
    const after = deployer(second);
    expect((await after.settled('cut-update')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const id = (await after.resource('cut-update', 'A'))?.PhysicalResourceId;
    const client = new SSMClient(second.client());
    expect((await client.send(new GetParameterCommand({ Name: id }))).Parameter?.Value).toBe('old');
    expect(await after.resource('cut-update', 'Made')).toBeUndefined();
    await second.dispose();
  });

  it('finds what was being made when it was killed, and deletes it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'slipway-killed-'));
    const program = join(import.meta.dirname, 'cloud-process.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', program, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const { endpoint, region, ...credentials } = JSON.parse(
      readFileSync(join(directory, 'runtime.json'), 'utf8'),
    );
    const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'nested-templates' }));
    await s3.send(
      new PutObjectCommand({
        Bucket: 'nested-templates',
        Key: 'waits.json',
        Body: JSON.stringify(waiting('/killed/made')),
      }),
    );
    const client = new CloudFormationClient({ endpoint, region, credentials });
    const TemplateURL = 'https://nested-templates.s3.amazonaws.com/waits.json';
    const Nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } };
    const TemplateBody = JSON.stringify({ Resources: { Nested } });
    const { StackId } = await client.send(new CreateStackCommand({ StackName: 'killed', TemplateBody }));
    const nested = async (by: CloudFormationClient) =>
      (await by.send(new ListStacksCommand({}))).StackSummaries?.find((one) => one.ParentId === StackId);
    const resources = async () => {
      const StackName = (await nested(client))?.StackId;
      if (StackName === undefined) return [];
      return (await client.send(new DescribeStackResourcesCommand({ StackName }))).StackResources ?? [];
    };
    // The nested stack waits for a signal that never comes: its parent has not recorded it yet.
    while (!(await resources()).some((one) => one.LogicalResourceId === 'Wait'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const second = await testCloud({ stateDirectory: directory });
    const after = deployer(second);
    expect((await after.settled(StackId ?? '')).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await nested(after.client))?.StackStatus).toBe('DELETE_COMPLETE');
    await second.dispose();
  });

  it('keeps finished stacks, their events and outputs', async () => {
    const first = await testCloud();
    await deployer(first).create('stays', { Resources: { A: ssm('x') }, Outputs: { O: { Value: 'o' } } });
    const story = await deployer(first).story('stays');
    await first.close();
    const second = await testCloud({ stateDirectory: first.stateDirectory });
    const after = deployer(second);
    expect((await after.describe('stays')).Outputs).toEqual([{ OutputKey: 'O', OutputValue: 'o' }]);
    expect(await after.story('stays')).toEqual(story);
    const { StackId = '' } = await after.describe('stays');
    await after.client.send(new DeleteStackCommand({ StackName: 'stays' }));
    expect((await after.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    await second.dispose();
  });
});

const run = promisify(execFile);
const cli = await run('/bin/sh', ['-c', 'test -x /usr/bin/aws && /usr/bin/aws --version']).then(
  ({ stdout }) => stdout.trim(),
  () => undefined,
);
if (cli === undefined)
  console.info('the AWS CLI is not installed at /usr/bin/aws: its round trip is not run');

describe.runIf(cli !== undefined)('the stock aws command line', () => {
  it('creates, waits for, updates, reads and deletes a stack', async () => {
    const cloud = await testCloud();
    const aws = async (...args: string[]) => {
      const { stdout } = await run(
        '/usr/bin/aws',
        ['--endpoint-url', cloud.endpoint, '--output', 'json', ...args],
        {
          env: {
            PATH: process.env.PATH,
            HOME: cloud.stateDirectory,
            AWS_DEFAULT_REGION: cloud.region,
            AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
          },
        },
      );
      return stdout.trim() === '' ? undefined : JSON.parse(stdout);
    };
    const template = (text: string) =>
      JSON.stringify({
        Resources: { A: ssm(text) },
        Outputs: { O: { Value: { 'Fn::GetAtt': ['A', 'Value'] } } },
      });
    await aws('cloudformation', 'create-stack', '--stack-name', 'cli', '--template-body', template('one'));
    await deployer(cloud).settled('cli');
    await aws('cloudformation', 'wait', 'stack-create-complete', '--stack-name', 'cli');
    await aws('cloudformation', 'update-stack', '--stack-name', 'cli', '--template-body', template('two'));
    await deployer(cloud).settled('cli');
    const { Stacks } = await aws('cloudformation', 'describe-stacks', '--stack-name', 'cli');
    expect(Stacks[0]).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      Outputs: [{ OutputKey: 'O', OutputValue: 'two' }],
    });
    const { StackEvents } = await aws('cloudformation', 'describe-stack-events', '--stack-name', 'cli');
    expect(StackEvents[0].ResourceStatus).toBe('UPDATE_COMPLETE');
    await aws('cloudformation', 'delete-stack', '--stack-name', 'cli');
    await aws('cloudformation', 'wait', 'stack-delete-complete', '--stack-name', 'cli');
    await expect(aws('cloudformation', 'describe-stacks', '--stack-name', 'cli')).rejects.toThrow(
      'Stack with id cli does not exist',
    );
    await cloud.dispose();
  }, 60_000);
});
