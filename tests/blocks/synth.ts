/**
 * Stacks made of blocks, and what they synthesize to. Functions are not bundled here (that takes a second each
 * and changes nothing in a template); the test of the app bundles them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, type Environment, Stack } from 'aws-cdk-lib/core';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll } from 'vitest';
import { stringify } from 'yaml';
import {
  JobPipeline,
  type JobPipelineProps,
  JsonFunction,
  JsonRestApi,
  type JsonRestApiProps,
  Operations,
  type OperationsProps,
  type StageName,
  StaticSite,
  type StaticSiteProps,
  stageOf,
} from '../../src/blocks/index.ts';
import cdkJson from '../../systems/room-detection/cdk.json' with { type: 'json' };

export const fixture = (path: string): string =>
  fileURLToPath(new URL(`./fixtures/${path}`, import.meta.url));

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}
export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, unknown>;
}

const folder = mkdtempSync(join(tmpdir(), 'slipway-blocks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

// The CDK's own check of templates takes two seconds a process; the test of the app leaves it on.
process.env.CDK_VALIDATION = 'false';

export interface Built {
  readonly app: App;
  readonly stack: Stack;
}

export function newStack(env?: Environment): Built {
  count += 1;
  const app = new App({
    outdir: join(folder, String(count)),
    context: { ...cdkJson.context, [BUNDLING_STACKS]: [] },
  });
  return { app, stack: new Stack(app, 'Test', { env }) };
}

export function templateOf({ app, stack }: Built): Template {
  const template: Template = app.synth().getStackByName(stack.stackName).template;
  return template;
}

/** Findings of cdk-nag's AwsSolutions pack: rule, construct. Warnings count. */
export function findingsOf(app: App): string[] {
  const report = new AwsSolutionsChecks(app).validateScope(app);
  return report.violations.flatMap((violation) =>
    violation.violatingResources.map(
      (resource) => `${violation.ruleName} ${resource.constructPath ?? resource.resourceLogicalId}`,
    ),
  );
}

export const resourcesOf = (template: Template, type: string): Resource[] =>
  Object.values(template.Resources).filter((resource) => resource.Type === type);

/** For goldens: YAML of the resources whose id starts with `prefix`, without hashes of assets and deployments, without the CDK's own functions. */
export function golden(template: Template, prefix = ''): string {
  const resources = Object.entries(template.Resources).filter(
    ([id]) => id.startsWith(prefix) && !/^Custom(S3AutoDelete|CDKBucketDeployment)|AwsCliLayer/.test(id),
  );
  const plain = stringify(
    Object.fromEntries(
      resources.map(([id, { Metadata: _, ...rest }]: [string, Resource & { Metadata?: unknown }]) => [
        id,
        rest,
      ]),
    ),
    {
      lineWidth: 0,
      aliasDuplicateObjects: false,
    },
  );
  return plain
    .replace(/[0-9a-f]{64}/g, 'ASSET_HASH')
    .replace(/(ApiDeployment[0-9A-Z]{8})[0-9a-f]{32}/g, '$1DEPLOYMENT_HASH');
}

export function site(
  stage: StageName,
  props: Partial<StaticSiteProps> = {},
): Built & { readonly site: StaticSite } {
  const built = newStack();
  return {
    ...built,
    site: new StaticSite(built.stack, 'Site', { stage: stageOf(stage), folder: fixture('page'), ...props }),
  };
}

const wallBody = { type: 'object', required: ['walls'] } as const;

export function api(
  stage: StageName,
  props: Partial<JsonRestApiProps> = {},
): Built & { readonly api: JsonRestApi } {
  const built = newStack();
  const made = new JsonRestApi(built.stack, 'Api', { stage: stageOf(stage), name: 'things', ...props });
  const fn = new JsonFunction(built.stack, 'Handler', {
    stage: stageOf(stage),
    entry: fixture('handler.ts'),
  });
  made.route('POST', '/things', fn.function, { body: { ...wallBody } as never });
  made.route('GET', '/things/{id}', fn.function);
  return { ...built, api: made };
}

export const workerOptions = {
  imageFolder: fixture('worker'),
  healthCheck: ['CMD', 'node', 'worker.mjs', '--health'],
} as const;

export function pipeline(
  stage: StageName,
  props: Partial<JobPipelineProps> = {},
): Built & { readonly pipeline: JobPipeline } {
  const built = newStack();
  const options = { stage: stageOf(stage), worker: workerOptions, ...props };
  return { ...built, pipeline: new JobPipeline(built.stack, 'Jobs', options) };
}

export interface OperationsOptions extends Partial<Omit<OperationsProps, 'site'>> {
  /** With a site to watch, in this region if given. */
  readonly siteIn?: string | 'no region';
}

export function operations(stage: StageName, { siteIn, ...props }: OperationsOptions = {}): Built {
  const built = newStack(siteIn === undefined || siteIn === 'no region' ? undefined : { region: siteIn });
  const settings = stageOf(stage);
  const jobs = new JobPipeline(built.stack, 'Jobs', { stage: settings, worker: workerOptions });
  const made = new JsonRestApi(built.stack, 'Api', { stage: settings, name: 'things' });
  const fn = new JsonFunction(built.stack, 'Handler', { stage: settings, entry: fixture('handler.ts') });
  made.route('GET', '/things', fn.function);
  const watched =
    siteIn === undefined
      ? undefined
      : new StaticSite(built.stack, 'Site', { stage: settings, folder: fixture('page') });
  new Operations(built.stack, 'Operations', {
    pipeline: jobs,
    site: watched,
    api: made,
    functions: [fn],
    metricsNamespace: 'Things',
    ...props,
  });
  return built;
}
