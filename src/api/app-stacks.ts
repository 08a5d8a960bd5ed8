/** From what the user named to the stacks that would be deployed: a template, a cloud assembly, or an app to synthesize. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';
import { synthesize } from '../deploy/index.ts';
import { type AssemblyStack, readAssembly, readTemplateFile, type Template } from '../template/index.ts';
import type { CloudAccess } from './cloud-access.ts';
import { existingTarget, noApp } from './existing-target.ts';

export interface AppOptions {
  /** A folder with cdk.json, a cloud assembly (cdk.out), or a template file. */
  readonly target: string;
  readonly cloud: CloudAccess;
  /** Context for an app that is synthesized. Default: none. */
  readonly context?: Readonly<Record<string, string>>;
  /** Template parameters by name; each stack takes those that it declares. Default: the template's own. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Ends an app that is being synthesized. */
  readonly interrupted?: AbortSignal;
}

export interface AppStack {
  readonly stackName: string;
  /** As written. */
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Undefined for a bare template. */
  readonly assembly: AssemblyStack | undefined;
}

/** @returns in the order in which they are deployed */
export async function appStacks({ target: named, cloud, ...options }: AppOptions & { readonly host: Host }) {
  const target = existingTarget(named);
  const { parameters = {}, context = {} } = options;
  if (!statSync(target).isDirectory()) {
    const template = await readTemplateFile(target);
    refuseUnknown(parameters, [template]);
    const text = await readFile(target, 'utf8');
    return [{ stackName: stackNameOf(target), text, parameters, assembly: undefined }];
  }
  const folder = await findAssembly(target, cloud, context, options);
  const stacks = (await readAssembly(folder)).stacks.filter(
    (stack) => Object.keys(stack.template.Resources).length > 0,
  );
  if (stacks.length === 0)
    throw new SlipwayError('template.invalid', `${folder} has no stack with resources`);
  refuseUnknown(
    parameters,
    stacks.map(({ template }) => template),
  );
  return Promise.all(
    stacks.map(
      async (assembly): Promise<AppStack> => ({
        stackName: assembly.stackName,
        text: await readFile(assembly.templateFile, 'utf8'),
        parameters: { ...assembly.parameters, ...declared(parameters, assembly.template) },
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

type ParameterTexts = Readonly<Record<string, string>>;

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
      host,
      ...(interrupted ? { interrupted } : {}),
    });
  if (existsSync(join(target, 'manifest.json'))) return target;
  throw noApp(target);
}
