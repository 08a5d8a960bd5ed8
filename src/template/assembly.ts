/**
 * Reads a cloud assembly: manifest.json, its stacks with their templates and assets, and nested assemblies (stages).
 * Refuses assemblies that still miss context values, and stacks of the legacy synthesizer.
 * https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
 */
import { resolve as resolvePath } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import { lookup } from '../core/lookup.ts';
import { readAssetManifest } from './assets.ts';
import type { ContextQuery } from './context-queries.ts';
import { isArray, isObject, isString, type Json } from './json.ts';
import { fromFolder, ManifestReader, readJsonFile } from './manifest-reader.ts';
import type { Assembly, AssemblyStack, Asset, Template, TemplateProblem } from './model.ts';
import { order } from './order.ts';
import { readTemplateFile } from './parse.ts';

export interface ReadAssemblyOptions {
  /** Takes what would otherwise be refused: problems of templates, missing context, legacy assets. */
  readonly tolerate?: (problem: TemplateProblem, artifactId?: string) => void;
}

export async function readAssembly(dir: string, options: ReadAssemblyOptions = {}): Promise<Assembly> {
  const directory = resolvePath(dir);
  const stacks = await readStacks(directory, options);
  const byId = new Map(stacks.map((stack) => [stack.artifactId, stack]));
  const ids = new Map(stacks.map((stack) => [stack.artifactId, { dependsOn: new Set(stack.dependsOn) }]));
  const sorted = order(ids);
  const [cycle] = sorted.cycles;
  if (cycle !== undefined) {
    throw new SlipwayError(
      'template.invalid',
      `The stacks of ${directory} depend on each other in a circle: ${[...cycle, ...cycle.slice(0, 1)].join(' → ')}`,
    );
  }
  return {
    directory,
    stacks: sorted.order.flatMap((id) => {
      const stack = byId.get(id);
      return stack === undefined ? [] : [stack];
    }),
  };
}

async function readStacks(directory: string, options: ReadAssemblyOptions): Promise<AssemblyStack[]> {
  const file = fromFolder(directory, 'manifest.json');
  const manifest = new ManifestReader(
    await readJsonFile(file, 'Run cdk synth first, or name the folder it writes.'),
    file,
  );
  tolerating(() => refuseMissing(manifest.value.missing, file), options);
  const artifacts = manifest.object('artifacts');
  const stacks: AssemblyStack[] = [];
  for (const id of Object.keys(artifacts.value)) {
    const artifact = artifacts.object(id);
    const type = artifact.text('type');
    if (type === 'aws:cloudformation:stack')
      stacks.push(await readStack(directory, id, artifact, artifacts, options));
    else if (type === 'cdk:cloud-assembly') {
      const nested = artifact.object('properties').text('directoryName');
      stacks.push(...(await readStacks(fromFolder(directory, nested), options)));
    }
  }
  return stacks;
}

function tolerating(check: () => void, { tolerate }: ReadAssemblyOptions, artifactId?: string): void {
  try {
    check();
  } catch (error) {
    if (tolerate === undefined || !(error instanceof SlipwayError)) throw error;
    tolerate({ message: error.message, path: '' }, artifactId);
  }
}

/** What the app asked for and did not know when the assembly was written. */
export async function missingContext(dir: string): Promise<ContextQuery[]> {
  const { missing } = await readJsonFile(
    fromFolder(resolvePath(dir), 'manifest.json'),
    'Run cdk synth again.',
  );
  return (isArray(missing) ? missing : []).flatMap((entry) => {
    const { key, provider, props } = isObject(entry) ? entry : {};
    return isString(key) && isString(provider)
      ? [{ key, provider, props: isObject(props) ? props : {} }]
      : [];
  });
}

/** The app asked for values (a VPC, an AMI) that were not in cdk.context.json, and was given dummies. */
function refuseMissing(missing: Json | undefined, file: string): void {
  if (!isArray(missing) || missing.length === 0) return;
  const lines = missing.map((entry) => {
    const { key, provider } = isObject(entry) ? entry : {};
    return `  ${isString(key) ? key : JSON.stringify(entry)} (${isString(provider) ? provider : 'unknown'} lookup)`;
  });
  throw new SlipwayError(
    'template.invalid',
    `${file}: the app needs context values that were not looked up, so its templates hold dummy values:\n${lines.join('\n')}`,
    {
      fix: 'name the folder of the app instead of its cdk.out: what it asks for is looked up in the local cloud; or run cdk synth with credentials for the account and commit cdk.context.json',
    },
  );
}

async function readStack(
  directory: string,
  artifactId: string,
  artifact: ManifestReader,
  artifacts: ManifestReader,
  options: ReadAssemblyOptions,
): Promise<AssemblyStack> {
  const properties = artifact.object('properties');
  const templateFile = fromFolder(directory, properties.text('templateFile'));
  const metadata = await readMetadata(directory, artifact);
  tolerating(() => refuseLegacyAssets(artifactId, metadata), options, artifactId);
  const { tolerate } = options;
  const dependencies = artifact.optionalTexts('dependencies') ?? [];
  const typeOf = (id: string): string | undefined => artifacts.optionalObject(id)?.optionalText('type');
  const assets: Asset[] = [];
  for (const id of dependencies.filter((one) => typeOf(one) === 'cdk:asset-manifest')) {
    assets.push(
      ...(await readAssetManifest(directory, artifacts.object(id).object('properties').text('file'))),
    );
  }
  const stackName = properties.optionalText('stackName') ?? artifactId;
  return {
    artifactId,
    stackName,
    displayName: artifact.optionalText('displayName') ?? stackName,
    ...readEnvironment(artifact.optionalText('environment'), artifact.file),
    templateFile,
    template: withConstructPaths(
      await readTemplateFile(
        templateFile,
        tolerate ? { tolerate: (problem) => tolerate(problem, artifactId) } : {},
      ),
      metadata,
    ),
    parameters: properties.optionalTextMap('parameters') ?? {},
    tags: properties.optionalTextMap('tags') ?? {},
    notificationArns: properties.optionalTexts('notificationArns') ?? [],
    dependsOn: dependencies.filter((one) => typeOf(one) === 'aws:cloudformation:stack'),
    assets,
    terminationProtection: properties.value.terminationProtection === true,
    bootstrapRoles: {
      deployRoleArn: properties.optionalText('assumeRoleArn'),
      executionRoleArn: properties.optionalText('cloudFormationExecutionRoleArn'),
      lookupRoleArn: properties.optionalObject('lookupRole')?.optionalText('arn'),
    },
  };
}

function readEnvironment(
  environment: string | undefined,
  file: string,
): Pick<AssemblyStack, 'account' | 'region'> {
  if (environment === undefined) return {};
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  if (account === undefined || region === undefined) {
    throw new SlipwayError(
      'template.unreadable',
      `${file}: the environment "${environment}" is not aws://account/region`,
    );
  }
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
}

interface MetadataEntry {
  readonly constructPath: string;
  readonly type: Json | undefined;
  readonly data: Json | undefined;
}

/** Kept in the manifest by older CDKs, in a file beside it by newer ones. */
async function readMetadata(directory: string, artifact: ManifestReader): Promise<MetadataEntry[]> {
  const extra = artifact.optionalText('additionalMetadataFile');
  const file = extra === undefined ? undefined : fromFolder(directory, extra);
  const sources = [
    artifact.optionalObject('metadata')?.value ?? {},
    file === undefined ? {} : await readJsonFile(file, 'Run cdk synth again.'),
  ];
  return sources.flatMap((source) =>
    Object.entries(source).flatMap(([path, entries]) =>
      (isArray(entries) ? entries : [])
        .filter(isObject)
        .map(({ type, data }) => ({ constructPath: path.replace(/^\//, ''), type, data })),
    ),
  );
}

/**
 * `aws:cdk:path` is in the template only when the app asked for it; the assembly always knows. Nested stacks are
 * listed with their parent and may repeat its logical ids, so the shortest path is the parent's own.
 */
function withConstructPaths(template: Template, metadata: readonly MetadataEntry[]): Template {
  const paths: Record<string, string> = {};
  for (const { constructPath, type, data } of metadata) {
    if (type !== 'aws:cdk:logicalId' || !isString(data)) continue;
    if (lookup(template.Resources, data) === undefined) continue;
    const known = lookup(paths, data);
    if (known === undefined || constructPath.length < known.length) paths[data] = constructPath;
  }
  return { ...template, constructPaths: { ...paths, ...template.constructPaths } };
}

/** LegacyStackSynthesizer hands assets over through template parameters and keeps them in the metadata. */
function refuseLegacyAssets(artifactId: string, metadata: readonly MetadataEntry[]): void {
  if (!metadata.some((entry) => entry.type === 'aws:cdk:asset')) return;
  throw new SlipwayError(
    'template.unsupported',
    `The stack ${artifactId} was synthesized by the LegacyStackSynthesizer, whose assets are not supported by Slipway`,
    { fix: 'Use the DefaultStackSynthesizer (the default of CDK 2).' },
  );
}
