/** From what the user named to running stacks: synthesize, bootstrap, publish, deploy, sum up. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { S3Client } from '@aws-sdk/client-s3';
import { createClock } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import { type Host, silentHost } from '../core/events.ts';
import { bootstrap, deployStack, publishAssets, synthesize } from '../deploy/index.ts';
import { pushImage } from '../local/compute/images/push.ts';
import {
  type AssemblyStack,
  type Environment,
  readAssembly,
  readTemplateFile,
  substitutePlaceholders,
  type Template,
} from '../template/index.ts';
import { type CloudAccess, clientConfig } from './cloud-access.ts';
import { existingTarget, noApp } from './existing-target.ts';

export interface DeployedTarget {
  /** In the order in which they were deployed. */
  readonly stacks: readonly DeployedStack[];
  readonly durationMs: number;
}

export interface DeployedStack {
  readonly stackName: string;
  readonly stackId: string;
  /** False when the stack was as the template says before. */
  readonly changed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: {
    /** They do what they do on AWS. */
    readonly live: readonly { readonly logicalId: string; readonly type: string }[];
    /** They keep their properties; nothing local depends on them. */
    readonly inert: readonly {
      readonly logicalId: string;
      readonly type: string;
      readonly because: string;
    }[];
  };
}

export interface TargetOptions {
  /** A folder with cdk.json, a cloud assembly (cdk.out), or a template file. */
  readonly target: string;
  readonly cloud: CloudAccess;
  /** Context for an app that is synthesized. Default: none. */
  readonly context?: Readonly<Record<string, string>>;
  /** Template parameters by name; each stack takes those that it declares. Default: the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Default: says nothing. */
  readonly host?: Host;
}

/** The local cloud answers at once; a longer wait would only be felt. */
const pollMs = 60;

export async function deployTarget(options: TargetOptions): Promise<DeployedTarget> {
  const { cloud, parameters = {}, host = silentHost } = options;
  const target = existingTarget(options.target);
  const config = clientConfig(cloud);
  const cloudformation = new CloudFormationClient(config);
  const common = { cloudformation, pollMs, clock: createClock({ keepAlive: true }), host };
  const environment = { accountId: cloud.accountId, region: cloud.region, partition: 'aws' };
  try {
    if (!statSync(target).isDirectory()) {
      const started = performance.now();
      const template = await readTemplateFile(target);
      refuseUnknown(parameters, [template]);
      const deployed = await deployStack({
        ...common,
        stackName: stackNameOf(target),
        template: { body: await readFile(target, 'utf8') },
        parameters,
      });
      return {
        stacks: [await withModes(deployed, cloudformation, cloud)],
        durationMs: performance.now() - started,
      };
    }
    const assemblyFolder = await findAssembly(target, { ...options, host });
    const started = performance.now();
    const assembly = await readAssembly(assemblyFolder);
    const stacks = assembly.stacks.filter((stack) => Object.keys(stack.template.Resources).length > 0);
    if (stacks.length === 0)
      throw new SlipwayError('template.invalid', `${assemblyFolder} has no stack with resources`);
    refuseUnknown(
      parameters,
      stacks.map(({ template }) => template),
    );
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
        template: await templateOf(stack, environment),
        parameters: { ...stack.parameters, ...declared(parameters, stack.template) },
        tags: stack.tags,
        ...(stack.bootstrapRoles.executionRoleArn
          ? { roleArn: substitutePlaceholders(stack.bootstrapRoles.executionRoleArn, environment) }
          : {}),
      });
      results.push(await withModes(deployed, cloudformation, cloud));
    }
    return { stacks: results, durationMs: performance.now() - started };
  } finally {
    cloudformation.destroy();
  }
}

type ParameterTexts = Readonly<Record<string, string>>;

/** Stack names take letters, digits and hyphens. */
const stackNameOf = (file: string): string =>
  basename(file, extname(file))
    .replace(/\.template$/, '')
    .replace(/[^A-Za-z0-9-]/g, '-');

const declared = (parameters: ParameterTexts, template: Template): ParameterTexts =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => Object.hasOwn(template.Parameters, name)));

/** @throws SlipwayError template.invalid for a parameter that no template declares */
function refuseUnknown(parameters: ParameterTexts, templates: readonly Template[]): void {
  const known = new Set(templates.flatMap(({ Parameters }) => Object.keys(Parameters)));
  const unknown = Object.keys(parameters).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new SlipwayError('template.invalid', `no template declares the parameter ${unknown.join(', ')}`, {
    fix: known.size === 0 ? 'leave it out' : `the parameters are ${[...known].join(', ')}`,
  });
}

async function findAssembly(
  target: string,
  { cloud, context = {}, host }: TargetOptions & { readonly host: Host },
): Promise<string> {
  if (existsSync(join(target, 'cdk.json')))
    return synthesize({
      folder: target,
      accountId: cloud.accountId,
      region: cloud.region,
      context,
      host,
    });
  if (existsSync(join(target, 'manifest.json'))) return target;
  throw noApp(target);
}

/** The template is published as an asset of its own stack; CloudFormation reads it there, at any size. */
async function templateOf(stack: AssemblyStack, environment: Environment) {
  const asset = stack.assets.find((a) => a.kind === 'file' && a.path === stack.templateFile);
  const destination = asset?.kind === 'file' ? asset.destinations[0] : undefined;
  if (!destination) return { body: await readFile(stack.templateFile, 'utf8') };
  const bucket = substitutePlaceholders(destination.bucketName, environment);
  const key = substitutePlaceholders(destination.objectKey, environment);
  return { url: `https://${bucket}.s3.${environment.region}.amazonaws.com/${key}` };
}

async function withModes(
  deployed: Omit<DeployedStack, 'resources'>,
  cloudformation: CloudFormationClient,
  cloud: CloudAccess,
): Promise<DeployedStack> {
  const types = await cloud.resourceTypes();
  const live: DeployedStack['resources']['live'][number][] = [];
  const inert: DeployedStack['resources']['inert'][number][] = [];
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
