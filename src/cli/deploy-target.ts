/** From what the user named to running stacks: synthesize, bootstrap, publish, deploy, sum up. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { S3Client } from '@aws-sdk/client-s3';
import { createClock } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import { bootstrap, type DeployedStack, deployStack, publishAssets, synthesize } from '../deploy/index.ts';
import { pushImage } from '../local/index.ts';
import {
  type AssemblyStack,
  readAssembly,
  readTemplateFile,
  substitutePlaceholders,
} from '../template/index.ts';
import type { RunningCloud } from './running.ts';

export interface UpResult {
  readonly stacks: readonly (DeployedStack & { readonly resources: ResourceModes })[];
  readonly durationMs: number;
}

export interface ResourceModes {
  readonly live: readonly { readonly logicalId: string; readonly type: string }[];
  readonly inert: readonly { readonly logicalId: string; readonly type: string; readonly because: string }[];
}

export interface TargetOptions {
  readonly target: string;
  readonly folder: boolean;
  readonly running: RunningCloud;
  readonly context: Readonly<Record<string, string>>;
  readonly host: Host;
}

/** The local cloud answers at once; a longer wait would only be felt. */
const pollMs = 60;

export async function deployTarget({
  target,
  folder,
  running,
  context,
  host,
}: TargetOptions): Promise<UpResult> {
  const config = { endpoint: running.endpoint, region: running.region, credentials: running.credentials };
  const cloudformation = new CloudFormationClient(config);
  const clock = createClock({ keepAlive: true });
  const environment = { accountId: running.accountId, region: running.region, partition: 'aws' };
  const common = { cloudformation, pollMs, clock, host };
  try {
    if (!folder) {
      const started = performance.now();
      await readTemplateFile(target);
      const deployed = await deployStack({
        ...common,
        stackName: basename(target, extname(target))
          .replace(/\.template$/, '')
          .replace(/[^A-Za-z0-9-]/g, '-'),
        template: { body: readFileSync(target, 'utf8') },
      });
      return {
        stacks: [await withModes(deployed, cloudformation, running)],
        durationMs: performance.now() - started,
      };
    }
    const assemblyFolder = await findAssembly(target, running, context, host);
    const started = performance.now();
    const assembly = await readAssembly(assemblyFolder);
    const stacks = assembly.stacks.filter((stack) => Object.keys(stack.template.Resources).length > 0);
    if (stacks.length === 0)
      throw new SlipwayError('template.invalid', `${assemblyFolder} has no stack with resources`);
    if (stacks.some((stack) => stack.assets.length > 0)) await bootstrap({ ...common, folder: target });
    const s3 = new S3Client(config);
    const ecr = new ECRClient(config);
    const results = [];
    for (const stack of stacks) {
      await publishAssets(stack, {
        s3,
        environment,
        host,
        publishImage: (asset, repositoryName, imageTag) =>
          pushImage({ ...asset, ecr, repositoryName, imageTag }),
      });
      const deployed = await deployStack({
        ...common,
        stackName: stack.stackName,
        template: templateOf(stack, environment, running),
        parameters: stack.parameters,
        tags: stack.tags,
        ...(stack.bootstrapRoles.executionRoleArn
          ? { roleArn: substitutePlaceholders(stack.bootstrapRoles.executionRoleArn, environment) }
          : {}),
      });
      results.push(await withModes(deployed, cloudformation, running));
    }
    return { stacks: results, durationMs: performance.now() - started };
  } finally {
    cloudformation.destroy();
  }
}

async function findAssembly(
  target: string,
  running: RunningCloud,
  context: Readonly<Record<string, string>>,
  host: Host,
) {
  if (existsSync(join(target, 'cdk.json')))
    return synthesize({
      folder: target,
      accountId: running.accountId,
      region: running.region,
      context,
      host,
    });
  if (existsSync(join(target, 'manifest.json'))) return target;
  throw new SlipwayError(
    'template.unreadable',
    `${target} holds neither cdk.json nor a cloud assembly's manifest.json`,
    {
      fix: 'name the folder of a CDK app, its cdk.out, or a template file',
    },
  );
}

/** The template is published as an asset of its own stack; CloudFormation reads it there, at any size. */
function templateOf(
  stack: AssemblyStack,
  environment: Parameters<typeof substitutePlaceholders>[1],
  running: RunningCloud,
) {
  const asset = stack.assets.find((a) => a.kind === 'file' && a.path === stack.templateFile);
  const destination = asset?.kind === 'file' ? asset.destinations[0] : undefined;
  if (!destination) return { body: readFileSync(stack.templateFile, 'utf8') };
  const bucket = substitutePlaceholders(destination.bucketName, environment);
  const key = substitutePlaceholders(destination.objectKey, environment);
  return { url: `https://${bucket}.s3.${running.region}.amazonaws.com/${key}` };
}

async function withModes(
  deployed: DeployedStack,
  cloudformation: CloudFormationClient,
  running: RunningCloud,
) {
  const { types } = await running.control<{
    types: Record<string, { mode: 'live' | 'inert'; because?: string }>;
  }>('GET', 'resource-types');
  const live: ResourceModes['live'][number][] = [];
  const inert: ResourceModes['inert'][number][] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudformation.send(
      new ListStackResourcesCommand({ StackName: deployed.stackId, ...(NextToken ? { NextToken } : {}) }),
    );
    for (const {
      LogicalResourceId: logicalId = '',
      ResourceType: type = '',
    } of page.StackResourceSummaries ?? []) {
      const known = types[type];
      if (known?.mode === 'inert') inert.push({ logicalId, type, because: known.because ?? '' });
      else live.push({ logicalId, type });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return { ...deployed, resources: { live, inert } };
}
