/** Runtimes that AWS takes no longer: refused by its dates, and run on another of their language for those who say so. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkApp, verdictLines } from '../../src/api/check-app.ts';
import { clientConfig } from '../../src/api/cloud-access.ts';
import { deployTarget } from '../../src/api/deploy-target.ts';
import { startCloud } from '../../src/local/cloud.ts';
import type { Cloud } from '../../src/local/cloud-interface.ts';
import { blockedSince, currentRuntimes } from '../../src/local/compute/functions/runtime-dates.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-deprecated-'));
const state = { stateDirectory: join(folder, 'state'), port: 0 };
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud(state);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

const code = {
  nodejs: 'exports.handler = async () => process.version;',
  python: 'import sys\ndef handler(event, context):\n  return sys.version',
} as const;

function app(name: string, runtime: string): string {
  const target = join(folder, `${name}.json`);
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [
              { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: name,
          Runtime: runtime,
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: runtime.startsWith('python') ? code.python : code.nodejs },
        },
      },
    },
  };
  writeFileSync(target, JSON.stringify(template));
  return target;
}

const lambda = () => new LambdaClient(clientConfig(cloud));
const invoke = async (FunctionName: string): Promise<unknown> => {
  const { Payload = new Uint8Array(), FunctionError } = await lambda().send(
    new InvokeCommand({ FunctionName }),
  );
  expect(FunctionError).toBeUndefined();
  return JSON.parse(new TextDecoder().decode(Payload));
};

describe('the dates of a runtime', () => {
  it.each([
    ['nodejs14.x', '2026-12-01', '2024-01-09', undefined],
    ['nodejs14.x', '2027-03-03', '2024-01-09', '2027-03-03'],
    ['nodejs16.x', '2027-01-31', undefined, undefined],
    ['nodejs16.x', '2027-02-01', '2027-02-01', undefined],
    ['python3.6', '2026-12-01', '2022-07-18', '2022-08-29'],
    ['nodejs24.x', '2026-12-01', undefined, undefined],
    ['nodejs99.x', '2026-12-01', undefined, undefined],
  ])('%s on %s: no new function since %s, no update since %s', (runtime, day, create, update) => {
    const now = Date.parse(day);
    expect([blockedSince(runtime, 'create', now), blockedSince(runtime, 'update', now)]).toEqual([
      create,
      update,
    ]);
    expect(currentRuntimes(now).includes(runtime)).toBe(create === undefined && runtime !== 'nodejs99.x');
  });
});

describe('a function of a runtime that AWS takes no longer', () => {
  it.each([
    'nodejs12.x',
    'nodejs14.x',
    'python3.7',
    'go1.x',
    'java8',
    'ruby2.7',
    'dotnetcore3.1',
    'provided',
  ])('is refused at the start, with what helps: %s', async (runtime) => {
    const verdict = await checkApp({ target: app('refused', runtime), cloud });
    expect(verdictLines(verdict).join('\n')).toMatch(
      new RegExp(
        `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions[^]*--run-deprecated-as RUNTIME`,
      ),
    );
  });

  it.each([
    ['old-node', 'nodejs14.x', 'nodejs20.x', /^v2\d\./],
    ['old-python', 'python3.7', 'python3.11', /^3\.\d/],
  ])(
    'runs on the one that is chosen for its language, also after a restart: %s',
    async (name, runtime, chosen, version) => {
      const target = app(name, runtime);
      const before = await cloud.runDeprecatedAs();
      expect((await checkApp({ target, cloud, runDeprecatedAs: [chosen] })).runs).toBe(true);
      expect(await cloud.runDeprecatedAs()).toEqual(before);
      await deployTarget({ target, cloud, runDeprecatedAs: [...before, chosen] });
      expect(await invoke(name)).toMatch(version);
      const { Runtime } = await lambda().send(new GetFunctionConfigurationCommand({ FunctionName: name }));
      expect(Runtime).toBe(runtime);
      await cloud.close();
      cloud = await startCloud(state);
      expect(await cloud.runDeprecatedAs()).toContain(chosen);
      expect(await invoke(name)).toMatch(version);
      await deployTarget({ target, cloud });
    },
  );

  it.each([
    ['nodejs14.x', 'AWS takes nodejs14.x itself no longer, since 2024-01-09'],
    ['nodejs99.x', 'nodejs99.x is no runtime of AWS Lambda'],
  ])('is not run on %s', async (chosen, message) => {
    await expect(cloud.runDeprecatedAs([chosen])).rejects.toThrow(message);
  });
});
