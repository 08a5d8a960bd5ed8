/** From what the user named to the stacks that would be deployed: a template, a cloud assembly, or an app to synthesize. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import type { Scope } from '../core/regions.ts';
import { packageTemplate, synthesize } from '../deploy/index.ts';
import {
  type AssemblyStack,
  type Asset,
  parametersOf,
  parseTemplate,
  readAssembly,
  refuseUnknownParameters,
} from '../template/index.ts';
import type { CloudAccess } from './cloud-access.ts';
import { dockerStandIn } from './docker-stand-in.ts';
import { existingTarget, noApp } from './existing-target.ts';

export interface AppOptions {
  /** A folder with cdk.json, a cloud assembly (cdk.out), or a template file. */
  readonly target: string;
  readonly cloud: CloudAccess;
  /** Context for an app that is synthesized. Default: none. */
  readonly context?: Readonly<Record<string, string>>;
  /** By `Name`, for each stack that declares it, or by `Stack:Name`. Default: the stack's from before, the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Runtimes for functions of those that AWS takes no longer. Default: those of before, which a new state folder has none of. */
  readonly runDeprecatedAs?: readonly string[];
  /** Ends an app that is being synthesized. */
  readonly interrupted?: AbortSignal;
}

export interface AppStack {
  readonly stackName: string;
  /** The account and region that it is deployed to. */
  readonly scope: Scope;
  /** As written, or packaged. */
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Files and images that are published before it is deployed. */
  readonly assets: readonly Asset[];
  /** Undefined for a bare template. */
  readonly assembly?: AssemblyStack;
}

/** What is wrong inside a template is told with all else, by the verdict on the app. */
const verdictTells = { tolerate: () => {} } as const;

/** @returns in the order in which they are deployed */
export async function appStacks({ target: path, cloud, ...options }: AppOptions & { readonly host: Host }) {
  const target = existingTarget(path);
  const { parameters = {}, context = {} } = options;
  if (!statSync(target).isDirectory()) {
    const { text, assets } = await packageTemplate(target);
    const template = parseTemplate(text, { ...verdictTells, parameters, source: target });
    const stackName = stackNameOf(target);
    refuseUnknownParameters(parameters, [{ stackName, template }]);
    return [
      {
        stackName,
        scope: { accountId: cloud.accountId, region: cloud.region },
        text,
        parameters: parametersOf({ stackName, template }, parameters),
        assets,
      },
    ];
  }
  const folder = await findAssembly(target, cloud, context, options);
  const unusable: string[] = [];
  const { stacks: all } = await readAssembly(folder, {
    tolerate: ({ message, path }) => void (path === '' && unusable.push(message)),
  });
  if (unusable.length > 0) throw new SlipwayError('template.invalid', unusable.join('\n'));
  const stacks = all.filter((stack) => Object.keys(stack.template.Resources).length > 0);
  if (stacks.length === 0)
    throw new SlipwayError('template.invalid', `${folder} has no stack with resources`);
  const named = (stack: AssemblyStack) => ({
    ...stack,
    alsoNamed: [stack.artifactId, stack.displayName],
  });
  refuseUnknownParameters(parameters, stacks.map(named));
  return Promise.all(
    stacks.map(
      async (assembly): Promise<AppStack> => ({
        stackName: assembly.stackName,
        scope: {
          accountId: assembly.account ?? cloud.accountId,
          region: assembly.region ?? cloud.region,
        },
        text: await readFile(assembly.templateFile, 'utf8'),
        parameters: { ...assembly.parameters, ...parametersOf(named(assembly), parameters) },
        assets: assembly.assets,
        assembly,
      }),
    ),
  );
}

/** Stack names take letters, digits and hyphens. */
const stackNameOf = (file: string): string =>
  basename(file, extname(file))
    .replace(/\.template$/, '')
    .replace(/[^A-Za-z0-9-]/g, '-');

async function findAssembly(
  target: string,
  cloud: CloudAccess,
  context: Readonly<Record<string, string>>,
  {
    host,
    interrupted,
  }: Pick<AppOptions, 'interrupted'> & {
    readonly host: Host;
  },
): Promise<string> {
  if (existsSync(join(target, 'cdk.json')))
    return synthesize({
      folder: target,
      accountId: cloud.accountId,
      region: cloud.region,
      context,
      lookUp: (queries) => cloud.lookUp(queries),
      docker: dockerStandIn(),
      host,
      ...(interrupted ? { interrupted } : {}),
    });
  if (existsSync(join(target, 'manifest.json'))) return target;
  throw noApp(target);
}
