/** A template that names files of its folder is packaged as `aws cloudformation package` does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTarget } from '../../src/api/deploy-target.ts';
import { type TestCloud, testCloud } from '../local/harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-package-'));
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await testCloud();
});
afterAll(async () => {
  await cloud.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const role = `
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
`;
const resource = (code: string) => `
  Function:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs22.x, Handler: index.handler, Role: !GetAtt Role.Arn, Code: ${code} }
`;
const outputs = 'Outputs: { Name: { Value: !Ref Function } }';

const says = async (FunctionName: string | undefined): Promise<unknown> => {
  const { Payload = new Uint8Array() } = await new LambdaClient(cloud.client()).send(
    new InvokeCommand({ FunctionName }),
  );
  return JSON.parse(new TextDecoder().decode(Payload));
};

const handler = (text: string) => `exports.handler = async () => ${JSON.stringify(text)};`;

describe('a template that names files of its folder', () => {
  it.each([
    ['a folder', 'src', () => write('src/index.js', handler('from a folder'))],
    ['a file', './index.js', () => write('index.js', handler('from a file'))],
    [
      'an archive',
      'code.zip',
      () => write('code.zip', zipSync({ 'index.js': new TextEncoder().encode(handler('from an archive')) })),
    ],
  ])(
    'has its function run the code of %s, and what it becomes',
    { timeout: 120_000 },
    async (what, named, prepare) => {
      prepare();
      const target = write(
        `${what.replaceAll(' ', '-')}.yaml`,
        `Resources:${role}${resource(named)}${outputs}`,
      );
      const { stacks } = await deployTarget({ target, cloud });
      expect(await says(stacks[0]?.outputs.Name)).toBe(`from ${what}`);
      if (named !== 'src') return;
      write('src/index.js', handler('changed'));
      const again = await deployTarget({ target, cloud });
      expect(again.stacks[0]?.changed).toBe(true);
      expect(await says(stacks[0]?.outputs.Name)).toBe('changed');
      expect((await deployTarget({ target, cloud })).stacks[0]?.changed).toBe(false);
    },
  );

  it('brings its nested templates, and theirs', async () => {
    write('nested/code/index.js', handler('from far below'));
    write('nested/inner.yaml', `Resources:${role}${resource('code')}${outputs}`);
    write(
      'nested/middle.json',
      JSON.stringify({
        Resources: {
          Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'inner.yaml' } },
        },
        Outputs: { Name: { Value: { 'Fn::GetAtt': ['Inner', 'Outputs.Name'] } } },
      }),
    );
    const target = write(
      'outer.yaml',
      `Resources:
  Middle: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested/middle.json } }
Outputs: { Name: { Value: !GetAtt Middle.Outputs.Name } }`,
    );
    const { stacks } = await deployTarget({ target, cloud });
    expect(await says(stacks[0]?.outputs.Name)).toBe('from far below');
  });

  it('is refused with every path that is not there', async () => {
    const target = write(
      'absent.yaml',
      `Resources:${role}${resource('no-code')}
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: no-template.yaml } }`,
    );
    await expect(deployTarget({ target, cloud })).rejects.toThrow(
      /Function: Code names no-code, which is not in .*\nNested: TemplateURL names no-template.yaml/,
    );
  });
});
