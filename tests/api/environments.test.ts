/** Apps whose stacks name accounts and regions, brought up as they are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/api/local.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-environments-'));
const other = '111122223333';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

let apps = 0;
/** @returns the folder of its assembly */
function synth(define: (app: App) => void): string {
  const outdir = join(folder, String(++apps));
  const app = new App({ outdir, analyticsReporting: false });
  define(app);
  app.synth();
  return outdir;
}

const where = (stack: Stack) => {
  new CfnOutput(stack, 'Where', { value: `${stack.account} ${stack.region} ${Fn.select(0, Fn.getAzs())}` });
  return new Queue(stack, 'Jobs', { queueName: 'jobs' });
};

it('puts each stack into its own account and region, and one that names neither into those of the cloud', async () => {
  const target = synth((app) => {
    const stack = (id: string, env?: { account?: string; region?: string }) =>
      new Stack(app, id, { ...(env ? { env } : {}), stackName: 'Shop' });
    for (const [id, env] of [
      ['Usual', undefined],
      ['Far', { region: 'eu-west-1' }],
      ['Other', { account: other, region: 'eu-west-1' }],
    ] as const) {
      const made = stack(id, env);
      new CfnOutput(made, 'Url', { value: where(made).queueUrl });
    }
  });
  const { stacks, outputs } = await cloud.up(target);
  expect(stacks.map(({ stackName, accountId, region }) => [stackName, accountId, region])).toEqual([
    ['Shop', cloud.accountId, 'us-east-1'],
    ['Shop', cloud.accountId, 'eu-west-1'],
    ['Shop', other, 'eu-west-1'],
  ]);
  expect(stacks.map((one) => one.outputs)).toEqual([
    {
      Where: `${cloud.accountId} us-east-1 us-east-1a`,
      Url: `${cloud.endpoint}/${cloud.accountId}/jobs`,
    },
    {
      Where: `${cloud.accountId} eu-west-1 eu-west-1a`,
      Url: `${cloud.endpoint}/queue/eu-west-1/${cloud.accountId}/jobs`,
    },
    {
      Where: `${other} eu-west-1 eu-west-1a`,
      Url: `${cloud.endpoint}/queue/eu-west-1/${other}/jobs`,
    },
  ]);
  expect(Object.keys(outputs)).toContain('Shop.us-east-1.Where');
  const again = await cloud.up(target);
  expect(again.stacks.map(({ changed }) => changed)).toEqual([false, false, false]);
}, 120_000);

it('carries references from one region to another as the CDK does', async () => {
  const target = synth((app) => {
    const account = cloud.accountId;
    const near = new Stack(app, 'Near', {
      env: { account, region: 'us-east-1' },
      crossRegionReferences: true,
    });
    const far = new Stack(app, 'Reader', {
      env: { account, region: 'eu-west-1' },
      crossRegionReferences: true,
    });
    const bucket = new Bucket(near, 'Pictures');
    const reader = new LambdaFunction(far, 'Read', {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      environment: { BUCKET: bucket.bucketName },
      code: Code.fromInline(
        'exports.handler = async () => `${process.env.AWS_REGION} reads ${process.env.BUCKET}`;',
      ),
    });
    new CfnOutput(far, 'Function', { value: reader.functionArn });
    new CfnOutput(near, 'Bucket', { value: bucket.bucketName });
  });
  const { outputs } = await cloud.up(target);
  const lambda = new LambdaClient({ ...cloud.clientConfig, region: 'eu-west-1' });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: outputs.Function }));
  expect(JSON.parse(new TextDecoder().decode(Payload))).toBe(`eu-west-1 reads ${outputs.Bucket}`);
  const { Parameters } = await new SSMClient({ ...cloud.clientConfig, region: 'eu-west-1' }).send(
    new GetParametersByPathCommand({ Path: '/cdk/exports', Recursive: true }),
  );
  expect(Parameters?.map(({ Value }) => Value)).toEqual([outputs.Bucket]);
  await expect
    .poll(async () => (await cloud.logs({ group: 'Read' })).map(({ region }) => region))
    .toContain('eu-west-1');
}, 120_000);

it.each([
  [{ region: 'eu-wets-9' }, 'there is no region eu-wets-9; did you mean eu-west-'],
  [{ region: 'cn-north-1' }, 'the region cn-north-1 is of China (aws-cn), which Slipway does not run'],
])('refuses a stack of %o by name, before anything is made', async (env, message) => {
  const target = synth((app) => {
    where(new Stack(app, 'Good', { env: { region: 'eu-west-2' } }));
    where(new Stack(app, 'Bad', { env }));
  });
  await expect(cloud.up(target)).rejects.toThrow(message);
  const far = new CloudFormationClient({ ...cloud.clientConfig, region: 'eu-west-2' });
  expect((await far.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
});
