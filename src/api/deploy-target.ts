/** From what the user named to running stacks: synthesize, bootstrap, publish, deploy, sum up. */
import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { ECRClient } from '@aws-sdk/client-ecr';
import { S3Client } from '@aws-sdk/client-s3';
import { createClock } from '../core/clock.ts';
import { type Host, silentHost } from '../core/events.ts';
import { bootstrap, deployStack, publishAssets } from '../deploy/index.ts';
import { pushImage } from '../local/compute/images/push.ts';
import { type AssemblyStack, type Environment, substitutePlaceholders } from '../template/index.ts';
import { type AppOptions, appStacks } from './app-stacks.ts';
import { judge, refuseApp } from './check-app.ts';
import { type CloudAccess, clientConfig } from './cloud-access.ts';
import { existingTarget } from './existing-target.ts';

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

export interface TargetOptions extends AppOptions {
  /** Default: says nothing. */
  readonly host?: Host;
}

/** The local cloud answers at once; a longer wait would only be felt. */
const pollMs = 60;

/** Nothing is made of an app of which some part is refused: bootstrap and assets come after the verdict. */
export async function deployTarget(options: TargetOptions): Promise<DeployedTarget> {
  const { cloud, host = silentHost } = options;
  const stacks = await appStacks({ ...options, host });
  const started = performance.now();
  refuseApp(await judge(stacks, cloud));
  const config = clientConfig(cloud);
  const cloudformation = new CloudFormationClient(config);
  const common = { cloudformation, pollMs, clock: createClock({ keepAlive: true }), host };
  const environment = { accountId: cloud.accountId, region: cloud.region, partition: 'aws' };
  try {
    if (stacks.some(({ assembly }) => (assembly?.assets.length ?? 0) > 0))
      await bootstrap({ ...common, folder: existingTarget(options.target) });
    const s3 = new S3Client(config);
    const ecr = new ECRClient(config);
    const results = [];
    for (const { stackName, text, parameters, assembly } of stacks) {
      if (assembly)
        await publishAssets(assembly, {
          s3,
          environment,
          host,
          publishImage: (asset, repositoryName, imageTag) =>
            pushImage({ ...asset, ecr, repositoryName, imageTag }),
        });
      const roleArn = assembly?.bootstrapRoles.executionRoleArn;
      const deployed = await deployStack({
        ...common,
        stackName,
        template: templateOf(text, assembly, environment),
        parameters,
        tags: assembly?.tags ?? {},
        ...(roleArn ? { roleArn: substitutePlaceholders(roleArn, environment) } : {}),
      });
      results.push(await withModes(deployed, cloudformation, cloud));
    }
    return { stacks: results, durationMs: performance.now() - started };
  } finally {
    cloudformation.destroy();
  }
}

/** The template is published as an asset of its own stack; CloudFormation reads it there, at any size. */
function templateOf(text: string, stack: AssemblyStack | undefined, environment: Environment) {
  const asset = stack?.assets.find((a) => a.kind === 'file' && a.path === stack.templateFile);
  const destination = asset?.kind === 'file' ? asset.destinations[0] : undefined;
  if (!destination) return { body: text };
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
