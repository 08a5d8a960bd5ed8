/** The room-detection app as it is: its own cdk.json, its functions bundled, the CDK's template check on. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { App } from 'aws-cdk-lib/core';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { stageNames, stageOf } from '../../src/blocks/index.ts';
import cdkJson from '../../systems/room-detection/cdk.json' with { type: 'json' };
import { RoomDetectionStack } from '../../systems/room-detection/infra/room-detection-stack.ts';
import { findingsOf, fixture, type Template } from './synth.ts';

const system = fileURLToPath(new URL('../../systems/room-detection', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-app-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Built {
  readonly app: App;
  readonly template: Template;
}
const built = new Map<string, Built>();

/** Each variant is synthesized once. */
function build(stage: (typeof stageNames)[number], apiKey = false): Built {
  const key = `${stage}-${apiKey}`;
  const known = built.get(key) ?? synthesized(stage, apiKey);
  built.set(key, known);
  return known;
}

function synthesized(stage: (typeof stageNames)[number], apiKey: boolean): Built {
  const app = new App({
    outdir: join(folder, `${stage}-${apiKey}`),
    context: { ...cdkJson.context, [BUNDLING_STACKS]: [] },
  });
  const id = `RoomDetection-${stage}`;
  new RoomDetectionStack(app, id, { stage: stageOf(stage), apiKey, buildFolder: fixture('') });
  return { app, template: app.synth().getStackByName(id).template };
}

for (const stage of stageNames) {
  test(`has no unacknowledged AwsSolutions finding in ${stage}, with and without a key`, () => {
    expect(findingsOf(build(stage).app)).toEqual([]);
    expect(findingsOf(build(stage, true).app)).toEqual([]);
  });
}

test('uses the reviewed resource types, grants and outputs', async () => {
  await expect(inventory(build('dev').template)).toMatchFileSnapshot('goldens/room-detection.dev.yaml');
  await expect(inventory(build('prod').template)).toMatchFileSnapshot('goldens/room-detection.prod.yaml');
});

/** How many of each type, who may do what, what comes out: the part of a template that a reviewer asks for. */
function inventory(template: Template): string {
  const types: Record<string, number> = {};
  const grants: Record<string, unknown> = {};
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    types[Type] = (types[Type] ?? 0) + 1;
    if (Type === 'AWS::IAM::Policy')
      grants[id] = Reflect.get(Object(Properties?.PolicyDocument), 'Statement');
  }
  const sorted = Object.fromEntries(Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1)));
  return stringify(
    { types: sorted, grants, outputs: template.Outputs },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}

describe('synthesized as `cdk synth` does it', () => {
  const run = (context: Record<string, unknown>, outdir: string) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
      cwd: system,
      env: {
        ...process.env,
        CDK_VALIDATION: 'true',
        CDK_OUTDIR: outdir,
        CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, buildFolder: fixture(''), ...context }),
      },
    });

  test('bundles both functions as ES modules and passes the template check', async () => {
    const outdir = join(folder, 'process');
    await run({}, outdir);
    const template: Template = JSON.parse(
      await readFile(join(outdir, 'RoomDetection-dev.template.json'), 'utf8'),
    );
    expect(Object.keys(template.Outputs ?? {})).toEqual(expect.arrayContaining(['SiteUrl', 'ApiUrl']));
    const files = await readdir(outdir, { recursive: true });
    expect(files.filter((file) => file.endsWith('index.mjs'))).toHaveLength(2);
    const report: unknown = JSON.parse(await readFile(join(outdir, 'validation-report.json'), 'utf8'));
    expect(report).toMatchObject({ pluginReports: [] });
  }, 180_000);

  test('a stage that is not one stops the app with its name', async () => {
    await expect(run({ stage: 'prd' }, join(folder, 'refused'))).rejects.toThrow('There is no stage "prd".');
  }, 180_000);
});
