/** Parameters of templates, as they are given: by name, for one stack, in files, kept, asked for, and missing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { checkApp, verdictLines } from '../../src/api/check-app.ts';
import { deployTarget } from '../../src/api/deploy-target.ts';
import { readParametersFile } from '../../src/api/parameters-file.ts';
import { startCloud } from '../../src/local/cloud.ts';
import type { Cloud } from '../../src/local/cloud-interface.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-parameters-'));
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud({ stateDirectory: join(folder, 'state'), port: 0 });
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, content: string | object): string => {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

/** Its outputs are the values of its parameters. */
const template = (
  Parameters: Readonly<Record<string, { readonly Type: string; readonly [more: string]: unknown }>>,
) => ({
  Parameters,
  Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
  Outputs: Object.fromEntries(
    Object.entries(Parameters).map(([name, { Type }]) => [
      name,
      { Value: /List/.test(Type) ? { 'Fn::Join': ['|', { Ref: name }] } : { Ref: name } },
    ]),
  ),
});

const outputsOf = async (target: string, parameters: Record<string, string> = {}) =>
  Object.assign({}, ...(await deployTarget({ target, cloud, parameters })).stacks.map((one) => one.outputs));

describe('a file of parameters', () => {
  it.each([
    [
      'the list of the AWS CLI',
      '[{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "Kept", "UsePreviousValue": true}]',
      { A: '1' },
    ],
    ['overrides of aws cloudformation deploy', '["A=1", "B=x=y"]', { A: '1', B: 'x=y' }],
    ["CodePipeline's configuration", '{"Parameters": {"A": "1"}}', { A: '1' }],
    ['names and values', '{"A": 1, "B": true, "C": ["x", "y"]}', { A: '1', B: 'true', C: 'x,y' }],
    ['names and values by stack', '{"A": "1", "Web": {"A": "2"}}', { A: '1', 'Web:A': '2' }],
    ['YAML', stringify({ A: '1', B: 'two: three' }), { A: '1', B: 'two: three' }],
  ])('may be %s', (_, text, expected) => {
    expect(readParametersFile(write('parameters', text))).toEqual(expected);
  });

  it.each([
    ['"text"', 'neither a list nor names'],
    ['[{"Key": "A"}]', 'has {"Key":"A"} in its list'],
    ['{"A": null}', 'gives A the value null'],
    ['{"Parameters": {"A": "1"}, "StackPolicy": {}}', 'StackPolicy beside Parameters'],
    ['{"A": ', 'cannot be read'],
  ])('that holds %s is refused', (text, message) => {
    expect(() => readParametersFile(write('wrong', text))).toThrow(message);
  });
});

describe('the parameters of a template', () => {
  it('are judged at once: all that lack a value, with what they are, and all whose value is wrong', async () => {
    const target = write('Judged.json', {
      ...template({
        Region: { Type: 'String', Description: 'Where users are', AllowedValues: ['eu', 'us'] },
        Secret: { Type: 'String', NoEcho: true },
        Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>' },
        Size: { Type: 'Number', MaxValue: 3 },
        Name: { Type: 'String', AllowedPattern: '[a-z]+' },
        Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/not/there' },
      }),
    });
    const verdict = await checkApp({ target, cloud, parameters: { Size: '4', Name: 'A' } });
    expect(verdict.runs).toBe(false);
    expect(verdictLines(verdict).join('\n')).toBe(
      `Judged:
  Parameters: [Region, Secret, Zones] must have values
  Parameter 'Size' must be a number not greater than 3
  Parameter 'Name' must match pattern [a-z]+
  Unable to fetch parameters [/not/there] from parameter store for this account. Create them first; /cdk-bootstrap/… comes from \`cdk bootstrap\`.
    Region (String): Where users are: one of eu, us; give it with --parameters Region=VALUE
    Secret (String); give it with --parameters Secret=VALUE
    Zones (List<AWS::EC2::AvailabilityZone::Name>); give it with --parameters Zones=VALUE`,
    );
  });

  it('keep what was given until something else is, and follow a default that changes', async () => {
    const parameters = { A: { Type: 'String' }, B: { Type: 'String', Default: 'b' } };
    const target = write('Kept.json', template(parameters));
    expect(await outputsOf(target, { A: '1' })).toEqual({ A: '1', B: 'b' });
    expect(await outputsOf(target)).toEqual({ A: '1', B: 'b' });
    expect(await outputsOf(target, { B: 'given' })).toEqual({ A: '1', B: 'given' });
    write('Kept.json', template({ ...parameters, B: { Type: 'String', Default: 'c' } }));
    expect(await outputsOf(target)).toEqual({ A: '1', B: 'given' });
    expect(await outputsOf(target, { A: '2', B: 'c' })).toEqual({ A: '2', B: 'c' });
    write('Kept.json', template({ ...parameters, B: { Type: 'String', Default: 'd' } }));
    expect(await outputsOf(target)).toEqual({ A: '2', B: 'd' });
  });

  it('are asked for when they have no value and somebody can answer', async () => {
    const target = write(
      'Asked.json',
      template({ A: { Type: 'String', NoEcho: true }, B: { Type: 'String' } }),
    );
    const asked: unknown[] = [];
    const { stacks } = await deployTarget({
      target,
      cloud,
      parameters: { B: 'b' },
      ask: async (stackName, missing) => {
        asked.push([stackName, missing]);
        return { A: 'answered' };
      },
    });
    expect(asked).toEqual([['Asked', [{ name: 'A', type: 'String', noEcho: true }]]]);
    expect(stacks[0]?.outputs.B).toBe('b');
  });

  it('go to every stack that declares them, and by a stack’s name to that stack alone', async () => {
    const stack = (name: string, declared: readonly string[]) => {
      write(
        `cdk.out/${name}.template.json`,
        template(Object.fromEntries(declared.map((one) => [`${one}`, { Type: 'String' }]))),
      );
      return [
        `${name}Artifact`,
        {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: `${name}.template.json`, stackName: name },
          displayName: `Stage/${name}`,
        },
      ];
    };
    write('cdk.out/manifest.json', {
      version: '36.0.0',
      artifacts: Object.fromEntries([stack('One', ['A', 'B']), stack('Two', ['A']), stack('Three', ['A'])]),
    });
    const { stacks } = await deployTarget({
      target: join(folder, 'cdk.out'),
      cloud,
      parameters: { A: 'all', B: 'b', 'One:A': 'one', 'Stage/Three:A': 'three' },
    });
    expect(Object.fromEntries(stacks.map((one) => [one.stackName, one.outputs]))).toEqual({
      One: { A: 'one', B: 'b' },
      Two: { A: 'all' },
      Three: { A: 'three' },
    });
    await expect(
      deployTarget({ target: join(folder, 'cdk.out'), cloud, parameters: { 'Too:A': '1', C: '2' } }),
    ).rejects.toThrow(/there is no stack Too, .*did you mean Two\?\nno template declares the parameter C/);
  });
});
