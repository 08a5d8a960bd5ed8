/** What a template may say, and what becomes of it: transforms, types written as text, dynamic references, URLs. */
import { GetTemplateCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployer, deployer, ssm } from './cloudformation-support.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let stacks: Deployer;
beforeAll(async () => {
  cloud = await testCloud();
  stacks = deployer(cloud);
});
afterAll(() => cloud.dispose());

const value = async (name: string, logicalId = 'A') => {
  const Name = (await stacks.resource(name, logicalId))?.PhysicalResourceId;
  return (await cloud.invoke('ssm', 'GetParameter', { Name })).Parameter?.Value;
};
const Capabilities: 'CAPABILITY_AUTO_EXPAND'[] = ['CAPABILITY_AUTO_EXPAND'];

it('deploys what AWS::LanguageExtensions leaves, and answers both stages of the template', async () => {
  const template = {
    Transform: 'AWS::LanguageExtensions',
    Parameters: { Names: { Type: 'CommaDelimitedList' }, Keep: { Type: 'String', Default: 'no' } },
    Conditions: { Keeps: { 'Fn::Equals': [{ Ref: 'Keep' }, 'yes'] } },
    Resources: {
      A: ssm(
        { 'Fn::Length': { Ref: 'Names' } },
        { DeletionPolicy: { 'Fn::If': ['Keeps', 'Retain', 'Delete'] } },
      ),
      'Fn::ForEach::Each': ['N', { Ref: 'Names' }, { 'P${N}': ssm({ 'Fn::Sub': '${N}-${A}' }) }],
    },
  };
  const Parameters = [{ ParameterKey: 'Names', ParameterValue: 'x,y' }];
  await expect(stacks.create('extended', template, { Parameters })).rejects.toThrow(
    'Requires capabilities : [CAPABILITY_AUTO_EXPAND]',
  );
  const stack = await stacks.create('extended', template, { Parameters, Capabilities });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(await value('extended')).toBe('2');
  const id = (await stacks.resource('extended', 'A'))?.PhysicalResourceId;
  expect(await value('extended', 'Py')).toBe(`y-${id}`);
  const stage = async (TemplateStage: 'Original' | 'Processed') => {
    const get = new GetTemplateCommand({ StackName: 'extended', TemplateStage });
    return JSON.parse((await stacks.client.send(get)).TemplateBody ?? '');
  };
  expect(await stage('Original')).toEqual(template);
  const processed = await stage('Processed');
  expect(processed.Transform).toBeUndefined();
  expect(processed.Resources.A).toMatchObject({ DeletionPolicy: 'Delete', Properties: { Value: 2 } });
  expect(processed.Resources.Px.Properties.Value).toEqual({ 'Fn::Sub': 'x-${A}' });
  const kept = await stacks.update('extended', template, {
    Capabilities,
    Parameters: [
      { ParameterKey: 'Names', UsePreviousValue: true },
      { ParameterKey: 'Keep', ParameterValue: 'yes' },
    ],
  });
  expect(kept.StackStatus).toBe('UPDATE_COMPLETE');
  const { StackId = '' } = await stacks.remove('extended');
  expect(await stacks.story(StackId)).toContain('A DELETE_SKIPPED');
});

it('takes booleans and numbers as text, in any case', async () => {
  const queue = { FifoQueue: 'True', ContentBasedDeduplication: 'FALSE', DelaySeconds: '5' };
  const stack = await stacks.create('texts', {
    Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: queue } },
    Outputs: { Name: { Value: { 'Fn::GetAtt': ['Q', 'QueueName'] } } },
  });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(stack.Outputs?.[0]?.OutputValue).toMatch(/\.fifo$/);
});

it('takes a parameter of type List<String>', async () => {
  const stack = await stacks.create(
    'list',
    {
      Parameters: { L: { Type: 'List<String>' } },
      Resources: { A: ssm({ 'Fn::Join': ['+', { Ref: 'L' }] }) },
    },
    { Parameters: [{ ParameterKey: 'L', ParameterValue: 'a, b' }] },
  );
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(await value('list')).toBe('a+b');
});

it('reads an earlier version of an SSM parameter', async () => {
  for (const Value of ['one', 'two', 'three'])
    await cloud.invoke('ssm', 'PutParameter', { Name: '/versions', Type: 'String', Value, Overwrite: true });
  const text = '{{resolve:ssm:/versions:1}} {{resolve:ssm:/versions:2}} {{resolve:ssm:/versions}}';
  await stacks.create('versions', { Resources: { A: ssm(text) } });
  expect(await value('versions')).toBe('one two three');
});

it('refuses references to secrets by name before anything is made', async () => {
  const text = '{{resolve:secretsmanager:db:SecretString:password}}';
  await expect(stacks.create('secret', { Resources: { A: ssm(text) } })).rejects.toThrow(
    `the dynamic reference ${text} is not supported`,
  );
});

it('answers the zones of each region', async () => {
  const zones = (region: string) => ({ Value: { 'Fn::Join': [',', { 'Fn::GetAZs': region }] } });
  const { Outputs } = await stacks.create('zones', {
    Resources: { A: ssm('x') },
    Outputs: { Own: zones(''), Tokyo: zones('ap-northeast-1') },
  });
  const shown = Object.fromEntries((Outputs ?? []).map((one) => [one.OutputKey, one.OutputValue]));
  expect(shown.Tokyo).toBe('ap-northeast-1a,ap-northeast-1c,ap-northeast-1d');
  expect(shown.Own).toMatch(/^us-east-1a,us-east-1b,us-east-1c/);
});

it.each([
  ['http://localhost:4566/%s/%s', 'TemplateURL must be a supported URL.'],
  ['not a url', 'TemplateURL must be a supported URL.'],
  ['https://example.com/dummy.yml', 'TemplateURL must be a supported URL.'],
  ['s3://bucket/key', 'S3 error: Domain name specified in bucket is not a valid S3 domain'],
  ['https://no-such-bucket-here.s3.amazonaws.com/key', 'S3 error: The specified bucket does not exist'],
])('refuses the template URL %s in words, also of a nested stack', async (TemplateURL, message) => {
  await stacks.create('urls', { Resources: { A: ssm('x') } }).catch(() => {});
  await expect(
    stacks.client.send(new UpdateStackCommand({ StackName: 'urls', TemplateURL })),
  ).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining(message) });
  const Nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } };
  await expect(stacks.create('nests', { Resources: { Nested } })).rejects.toThrow(message);
});

it.each(['Zed', '__proto__', 'constructor'])(
  'refuses a value for a parameter %s that it does not have',
  async (ParameterKey) => {
    const create = stacks.create(
      `given-${ParameterKey.replaceAll('_', '')}`,
      { Resources: { A: ssm('x') } },
      {
        Parameters: [{ ParameterKey, ParameterValue: 'x' }],
      },
    );
    await expect(create).rejects.toThrow(`Parameters: [${ParameterKey}] do not exist in the template`);
  },
);
