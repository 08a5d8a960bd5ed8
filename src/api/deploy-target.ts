/** From what the user named to running stacks: synthesize, bootstrap, publish, deploy, sum up. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createClock } from '../core/clock.ts';
import { type Host, silentHost } from '../core/events.ts';
import { placeName, type Scope, scopeText } from '../core/regions.ts';
import { bootstrap, deployStack, publishAssets } from '../deploy/index.ts';
import { pushImage } from '../local/compute/images/push.ts';
import { type AssemblyStack, type Environment, substitutePlaceholders } from '../template/index.ts';
import type { MissingParameter } from '../template/verdict.ts';
import { type AppOptions, type AppStack, appStacks } from './app-stacks.ts';
import { type AppVerdict, judge, refuseApp } from './check-app.ts';
import { type CloudAccess, clientConfig } from './cloud-access.ts';
import type { DeployedStack, DeployedTarget } from './deployed-target.ts';
import { existingTarget } from './existing-target.ts';

export interface TargetOptions extends AppOptions {
  /** Default: says nothing. */
  readonly host?: Host;
  /** Asks for parameters that have no value. Default: they are refused. */
  readonly ask?: AskParameters;
}

export type AskParameters = (
  stackName: string,
  missing: readonly MissingParameter[],
) => Promise<Readonly<Record<string, string>>>;

/** The local cloud answers at once; a longer wait would only be felt. */
const pollMs = 60;

/** Nothing is made of an app of which some part is refused: bootstrap and assets come after the verdict. */
export async function deployTarget(options: TargetOptions): Promise<DeployedTarget> {
  const { cloud, host = silentHost } = options;
  if (options.runDeprecatedAs) await cloud.runDeprecatedAs(options.runDeprecatedAs);
  let stacks = await appStacks({ ...options, host });
  let started = performance.now();
  let verdict = await judge(stacks, cloud);
  if (options.ask && verdict.stacks.some(({ missing }) => missing.length > 0)) {
    stacks = await askFor(stacks, verdict, options.ask);
    started = performance.now();
    verdict = await judge(stacks, cloud);
  }
  refuseApp(verdict);
  for (const what of new Set(verdict.stacks.flatMap(({ standIns }) => standIns)))
    host.notify({ name: 'runtime.stands-in', data: { what } });
  const common = { pollMs, clock: createClock({ keepAlive: true }), host };
  const places = createPlaces(cloud);
  try {
    const bootstrapped = new Set<Place>();
    const results = [];
    for (const [index, stack] of stacks.entries()) {
      const { stackName, scope, text, parameters, assets, assembly } = stack;
      const place = places.of(scope);
      const { cloudformation, environment } = place;
      const name = placeName(scope, cloud);
      const where = name === undefined ? {} : { where: name };
      if (needsBootstrap(stack) && !bootstrapped.has(place)) {
        await bootstrap({
          ...common,
          ...where,
          cloudformation,
          folder: existingTarget(options.target),
          ...(scope.accountId === cloud.accountId ? {} : { trustedAccount: cloud.accountId }),
        });
        bootstrapped.add(place);
      }
      await publishAssets(assets, {
        s3: (region = scope.region) => places.of({ ...scope, region }).s3,
        environment,
        host,
        publishImage: (asset, { repositoryName, imageTag, region = scope.region }) =>
          pushImage({
            ...asset,
            ecr: places.of({ ...scope, region }).ecr,
            repositoryName,
            imageTag,
            tell: ({ kind, text }) => {
              const image = asset.displayName ?? basename(asset.directory);
              if (kind === 'output') host.notify({ name: 'image.output', data: { image, text } });
              else
                host.notify({ name: 'image.step', data: { image, step: text, cached: kind === 'cached' } });
            },
          }),
      });
      const roleArn = assembly?.bootstrapRoles.executionRoleArn;
      const deployed = await deployStack({
        ...common,
        ...where,
        cloudformation,
        stackName,
        template: await templateOf(text, assembly, environment, place.s3),
        parameters,
        previousParameters: verdict.stacks[index]?.previous ?? [],
        tags: assembly?.tags ?? {},
        ...(roleArn ? { roleArn: substitutePlaceholders(roleArn, environment) } : {}),
      });
      results.push(await withModes({ ...deployed, ...scope }, cloudformation, cloud));
    }
    return { stacks: results, durationMs: performance.now() - started };
  } finally {
    places.destroy();
  }
}

/** An account and region that stacks are deployed to, with the clients for it. */
interface Place {
  readonly environment: Environment;
  readonly cloudformation: CloudFormationClient;
  readonly s3: S3Client;
  readonly ecr: ECRClient;
}

function createPlaces(cloud: CloudAccess) {
  const places = new Map<string, Place>();
  return {
    of(scope: Scope): Place {
      const known = places.get(scopeText(scope));
      if (known) return known;
      const config = clientConfig(cloud, scope);
      const made = {
        environment: { ...scope, partition: 'aws' },
        cloudformation: new CloudFormationClient(config),
        s3: new S3Client(config),
        ecr: new ECRClient(config),
      };
      places.set(scopeText(scope), made);
      return made;
    },
    destroy() {
      for (const { cloudformation, s3, ecr } of places.values())
        for (const client of [cloudformation, s3, ecr]) client.destroy();
    },
  };
}

async function askFor(
  stacks: readonly AppStack[],
  { stacks: verdicts }: AppVerdict,
  ask: AskParameters,
): Promise<AppStack[]> {
  const answered: AppStack[] = [];
  for (const [index, stack] of stacks.entries()) {
    const missing = verdicts[index]?.missing ?? [];
    const answers = missing.length > 0 ? await ask(stack.stackName, missing) : {};
    answered.push({ ...stack, parameters: { ...stack.parameters, ...answers } });
  }
  return answered;
}

/** Characters in the template's own text: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const isTooLargeToSend = (text: string): boolean => Buffer.byteLength(text) > 51_200;

/** A template of the CDK asks for the version of its bootstrap stack, also without its assembly. */
const needsBootstrap = ({ text, assets }: AppStack): boolean =>
  assets.length > 0 || isTooLargeToSend(text) || text.includes('/cdk-bootstrap/hnb659fds/');

/** The CDK publishes a template as an asset of its own stack; another that is large goes into the same bucket. */
async function templateOf(
  text: string,
  stack: AssemblyStack | undefined,
  environment: Environment,
  s3: S3Client,
): Promise<{ readonly body: string } | { readonly url: string }> {
  const asset = stack?.assets.find((a) => a.kind === 'file' && a.path === stack.templateFile);
  const destination = asset?.kind === 'file' ? asset.destinations[0] : undefined;
  const at = (bucket: string, key: string) => ({
    url: `https://${bucket}.s3.${environment.region}.amazonaws.com/${key}`,
  });
  if (destination)
    return at(
      substitutePlaceholders(destination.bucketName, environment),
      substitutePlaceholders(destination.objectKey, environment),
    );
  if (!isTooLargeToSend(text)) return { body: text };
  const Bucket = `cdk-hnb659fds-assets-${environment.accountId}-${environment.region}`;
  const Key = `${createHash('sha256').update(text).digest('hex')}.template`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: text }));
  return at(Bucket, Key);
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
