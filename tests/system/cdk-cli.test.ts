/** The stock CDK and AWS command lines, with nothing set but the endpoint, credentials and the image stand-in. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../local/harness.ts';
import { client, plan } from './room-detection.ts';
import { assemblyFolder } from './synthesized.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);
const stack = 'RoomDetection-dev';
let cloud: TestCloud;
/** A copy of the assembly, so that the tests can change its template as an edit of the app would. */
const assembly = mkdtempSync(join(tmpdir(), 'slipway-assembly-'));
const templateFile = join(assembly, `${stack}.template.json`);

beforeAll(async () => {
  cloud = await testCloud();
  cpSync(assemblyFolder, assembly, { recursive: true });
}, 60_000);
afterAll(async () => {
  await cloud.dispose();
  rmSync(assembly, { recursive: true, force: true });
}, 60_000);

const environment = () => ({
  PATH: process.env.PATH,
  HOME: assembly,
  AWS_ENDPOINT_URL: cloud.endpoint,
  AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
  AWS_REGION: cloud.region,
  AWS_DEFAULT_REGION: cloud.region,
  AWS_EC2_METADATA_DISABLED: 'true',
  CDK_DOCKER: join(root, 'bin', 'slipway-docker.mjs'),
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CI: 'true',
});

async function cdk(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(
    join(root, 'node_modules', '.bin', 'cdk'),
    [...args, '--no-notices', '--app', assembly],
    {
      cwd: assembly,
      env: environment(),
      maxBuffer: 64e6,
    },
  ).catch((error: Error & { stdout: string; stderr: string }) => {
    throw new Error(`cdk ${args.join(' ')} failed:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout + stderr;
}

const cloudformation = () => new CloudFormationClient(cloud.client());
const outputs = async () => {
  const { Stacks } = await cloudformation().send(new DescribeStacksCommand({ StackName: stack }));
  return {
    status: Stacks?.[0]?.StackStatus,
    outputs: Object.fromEntries(
      (Stacks?.[0]?.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']),
    ),
  };
};

interface Template {
  readonly Resources: Record<string, { readonly Type: string; Properties: Record<string, unknown> }>;
}

/** Changes the template as an edit of the app would, and keeps the asset manifest's hash of it in step. */
function edit(change: (template: Template) => void): void {
  const template = JSON.parse(readFileSync(templateFile, 'utf8')) as Template;
  change(template);
  writeFileSync(templateFile, JSON.stringify(template));
  const manifestFile = join(assembly, `${stack}.assets.json`);
  const manifest = readFileSync(manifestFile, 'utf8');
  const key = /"objectKey": "([0-9a-f]{64})\.json"/.exec(manifest)?.[1] ?? '';
  const next = `${(Number.parseInt(key.slice(0, 8), 16) + 1).toString(16).padStart(8, '0')}${key.slice(8)}`;
  writeFileSync(manifestFile, manifest.replaceAll(key, next));
  const outer = join(assembly, 'manifest.json');
  writeFileSync(outer, readFileSync(outer, 'utf8').replaceAll(key, next));
}

const ofType = (template: Template, type: string) => {
  const found = Object.entries(template.Resources).find(([, resource]) => resource.Type === type);
  if (!found) throw new Error(`no ${type} in the template`);
  return { id: found[0], resource: found[1] };
};

describe('the stock cdk command line', () => {
  it('bootstraps and deploys; the outputs work', async () => {
    await cdk('bootstrap', `aws://${cloud.accountId}/${cloud.region}`);
    await cdk('deploy', '--require-approval', 'never');
    const { status, outputs: values } = await outputs();
    expect(status).toBe('CREATE_COMPLETE');
    const system = client({ endpoint: cloud.endpoint }, values);
    const posted = await system.post(plan);
    expect(await system.finished(posted.body.job_id ?? '')).toMatchObject({ status: 'completed' });
  }, 180_000);

  it('sees no difference to what it deployed', async () => {
    expect(await cdk('diff')).toMatch(/There were no differences|Number of stacks with differences: 0/);
  }, 60_000);

  it('changes a property in place', async () => {
    const queue = async () =>
      (await new SQSClient(cloud.client()).send(new ListQueuesCommand({}))).QueueUrls?.sort();
    const before = await queue();
    edit((template) => {
      const source = Object.values(template.Resources).find(
        (r) => r.Type === 'AWS::SQS::Queue' && r.Properties.RedrivePolicy,
      );
      if (source) source.Properties.ReceiveMessageWaitTimeSeconds = 7;
    });
    expect(await cdk('diff')).toContain('ReceiveMessageWaitTimeSeconds');
    await cdk('deploy', '--require-approval', 'never');
    expect((await outputs()).status).toBe('UPDATE_COMPLETE');
    expect(await queue()).toEqual(before);
  }, 120_000);

  it('replaces a table whose key changes', async () => {
    const tables = async () =>
      (await new DynamoDBClient(cloud.client()).send(new ListTablesCommand({}))).TableNames;
    const before = await tables();
    edit((template) => {
      const { resource } = ofType(template, 'AWS::DynamoDB::Table');
      resource.Properties.KeySchema = [{ AttributeName: 'other_id', KeyType: 'HASH' }];
      const definitions = resource.Properties.AttributeDefinitions as {
        AttributeName: string;
        AttributeType: string;
      }[];
      resource.Properties.AttributeDefinitions = [
        ...definitions.filter((d) => d.AttributeName !== 'job_id'),
        { AttributeName: 'other_id', AttributeType: 'S' },
      ];
    });
    await cdk('deploy', '--require-approval', 'never');
    const after = await tables();
    expect(after).toHaveLength(before?.length ?? 0);
    expect(after).not.toEqual(before);
  }, 120_000);

  it('rolls back to the last good state when a resource breaks, with the reason in the events', async () => {
    const good = (await outputs()).outputs;
    edit((template) => {
      const { resource } = ofType(template, 'AWS::DynamoDB::Table');
      // Two attributes of the same key: DynamoDB refuses it when the update reaches it.
      resource.Properties.TimeToLiveSpecification = { AttributeName: '', Enabled: true };
      const queue = Object.values(template.Resources).find(
        (r) => r.Type === 'AWS::SQS::Queue' && r.Properties.RedrivePolicy,
      );
      if (queue) queue.Properties.ReceiveMessageWaitTimeSeconds = 3;
    });
    await expect(cdk('deploy', '--require-approval', 'never')).rejects.toThrow(
      /UPDATE_ROLLBACK_COMPLETE|rolled back|failed/i,
    );
    const after = await outputs();
    expect(after.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(after.outputs).toEqual(good);
    const { StackEvents = [] } = await cloudformation().send(
      new DescribeStackEventsCommand({ StackName: stack }),
    );
    const failure = StackEvents.find(
      (event) => event.ResourceStatus === 'UPDATE_FAILED' && event.ResourceType === 'AWS::DynamoDB::Table',
    );
    expect(failure?.ResourceStatusReason).toMatch(/TimeToLive|AttributeName/i);
  }, 120_000);

  it('is read by the aws command line', async () => {
    // Debian's version is older than AWS_ENDPOINT_URL, so it is told the endpoint.
    const aws = '/usr/bin/aws';
    expect(existsSync(aws), 'the AWS command line is installed: apt-get install awscli').toBe(true);
    const { stdout } = await run(
      aws,
      [
        '--endpoint-url',
        cloud.endpoint,
        '--output',
        'json',
        'cloudformation',
        'describe-stacks',
        '--stack-name',
        stack,
      ],
      {
        env: environment(),
      },
    );
    expect((JSON.parse(stdout) as { Stacks: { StackStatus: string }[] }).Stacks[0]?.StackStatus).toBe(
      'UPDATE_ROLLBACK_COMPLETE',
    );
    const queues = await run(
      aws,
      ['--endpoint-url', cloud.endpoint, '--output', 'json', 'sqs', 'list-queues'],
      { env: environment() },
    );
    expect((JSON.parse(queues.stdout) as { QueueUrls: string[] }).QueueUrls.length).toBeGreaterThan(1);
  }, 60_000);

  it('destroys everything: nothing runs and nothing is stored but what DeletionPolicy keeps', async () => {
    const { StackResourceSummaries = [] } = await cloudformation().send(
      new ListStackResourcesCommand({ StackName: stack }),
    );
    expect(StackResourceSummaries.length).toBeGreaterThan(50);
    await cdk('destroy', '--force');
    const options = cloud.client();
    const buckets =
      (await new S3Client(options).send(new ListBucketsCommand({}))).Buckets?.map((b) => b.Name ?? '') ?? [];
    expect(buckets.filter((name) => !name.startsWith('cdk-hnb659fds-'))).toEqual([]);
    expect((await new DynamoDBClient(options).send(new ListTablesCommand({}))).TableNames).toEqual([]);
    expect((await new SQSClient(options).send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
    expect((await new LambdaClient(options).send(new ListFunctionsCommand({}))).Functions).toEqual([]);
    expect((await new ECSClient(options).send(new ListClustersCommand({}))).clusterArns).toEqual([]);
  }, 120_000);
});
