/**
 * Reads an assembly or a template into an architecture. Refuses only what cannot be read at all (no such file, not JSON or
 * YAML); everything else that is not understood is listed in `notUnderstood`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { SlipwayError } from '../../core/errors.ts';
import {
  type Asset,
  type Json,
  parametersOf,
  parseTemplate,
  type Resolved,
  readAssembly,
  readTemplateFile,
  refuseUnknownParameters,
  type Template,
  type TemplateProblem,
} from '../../template/index.ts';
import { linkResources, type UnlinkedResource } from './links.ts';
import type { AppStack, Architecture, Assumption, NotUnderstood } from './model.ts';
import { openStack, resolveProperties, type StackScope } from './stack-scope.ts';
import { tagsOf } from './tags.ts';

interface ReadOptions {
  /** How the subject is called in reports. Default: the folder's or file's name. */
  readonly name?: string;
  /** For stacks that do not say. Default: us-east-1. */
  readonly region?: string;
  /** For stacks that do not say. Default: 123456789012. */
  readonly accountId?: string;
  /** By `Name`, for every stack that declares it, or by `Stack:Name`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that no template declares. Default: left out. */
  readonly unknownParameters?: 'refused';
}

interface Source {
  readonly name: string;
  readonly template: Template;
  readonly region?: string;
  readonly accountId?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly assets: readonly Asset[];
  readonly terminationProtection: boolean;
  readonly templateFile?: string;
  readonly nestedIn?: string;
  /** The stack's construct path. */
  readonly displayName?: string;
  readonly artifactId?: string;
}

/** `path`: a folder with a cloud assembly's manifest.json, or a template file. */
export async function readArchitecture(path: string, options: ReadOptions = {}): Promise<Architecture> {
  const notUnderstood: NotUnderstood[] = [];
  const isAssembly = existsSync(join(path, 'manifest.json'));
  const report = (stack: string) => (problem: TemplateProblem) =>
    notUnderstood.push({
      stack,
      path: problem.path,
      because: problem.message.replaceAll(`${path}/`, ''),
      ...(problem.logicalId === undefined ? {} : { logicalId: problem.logicalId }),
    });
  if (!isAssembly) {
    // A stack's name has none of the letters that a file's may have, and ids are made of it.
    const name = basename(path, extname(path))
      .replace(/\.template$/, '')
      .replace(/[^A-Za-z0-9._-]+/g, '-');
    const template = await readTemplateFile(path, { tolerate: report(name) });
    const source = { name, template, parameters: {}, tags: {}, assets: [], terminationProtection: false };
    if (options.unknownParameters === 'refused')
      refuseUnknownParameters(options.parameters ?? {}, [namedStack(source)]);
    return assemble([{ ...source, templateFile: path }], options, notUnderstood, name);
  }
  const assembly = await readAssembly(path, {
    tolerate: (problem, artifactId) => report(artifactId ?? '')(problem),
  });
  const sources = assembly.stacks
    .filter((stack) => Object.keys(stack.template.Resources).length > 0)
    .map((stack) => ({ ...stack, name: stack.stackName, accountId: stack.account }));
  if (sources.length === 0)
    throw new SlipwayError('template.invalid', `${path} has no stack with resources`, {
      fix: 'name the folder of a CDK app, its cdk.out, or a template file',
    });
  if (options.unknownParameters === 'refused')
    refuseUnknownParameters(options.parameters ?? {}, sources.map(namedStack));
  const folder = basename(path) === 'cdk.out' ? basename(dirname(path)) : basename(path);
  return assemble(sources, options, notUnderstood, folder);
}

const namedStack = ({ name, displayName, artifactId, template }: Source) => ({
  stackName: name,
  alsoNamed: [artifactId, displayName].filter((one) => one !== undefined),
  template,
});

/** A template in hand, such as a test's. */
export function architectureOfTemplate(text: string, options: ReadOptions = {}): Architecture {
  return architectureOfTemplates([{ name: options.name ?? 'template', text, parameters: {} }], options);
}

export interface TemplateInHand {
  /** The stack's. */
  readonly name: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Default: the options'. */
  readonly region?: string;
  readonly accountId?: string;
}

/** Templates in hand that belong together, such as those of deployed stacks; exporting ones before importing ones. */
export function architectureOfTemplates(
  templates: readonly TemplateInHand[],
  options: ReadOptions = {},
): Architecture {
  const notUnderstood: NotUnderstood[] = [];
  const sources = templates.map(({ name, text, parameters, region, accountId }): Source => {
    const template = parseTemplate(text, {
      tolerate: ({ path, message, logicalId }) =>
        notUnderstood.push({ stack: name, path, because: message, ...(logicalId ? { logicalId } : {}) }),
    });
    return {
      name,
      template,
      parameters,
      ...(region === undefined ? {} : { region }),
      ...(accountId === undefined ? {} : { accountId }),
      tags: {},
      assets: [],
      terminationProtection: false,
    };
  });
  return assemble(sources, options, notUnderstood, templates[0]?.name ?? 'template');
}

function assemble(
  sources: readonly Source[],
  options: ReadOptions,
  notUnderstood: NotUnderstood[],
  name: string,
): Architecture {
  const assumptions: Assumption[] = [];
  const fallback = options.region ?? 'us-east-1';
  if (options.region === undefined && sources.some((source) => source.region === undefined))
    assumptions.push({
      what: 'region',
      value: fallback,
      because: 'the stacks do not say theirs; --region chooses another',
    });
  const exports = new Map<string, Json>();
  const outputs = new Map<string, Json>();
  const stacks: AppStack[] = [];
  const unlinked: UnlinkedResource[] = [];

  const open = (source: Source): AppStack => {
    const region = source.region ?? fallback;
    const accountId = source.accountId ?? options.accountId ?? '123456789012';
    const nested = new Map<string, AppStack>();
    const report = (problem: TemplateProblem) =>
      notUnderstood.push({
        stack: source.name,
        path: problem.path,
        because: problem.message,
        ...(problem.logicalId === undefined ? {} : { logicalId: problem.logicalId }),
      });
    const opening = new Set<string>();
    const nestedStack = (logicalId: string): AppStack | undefined => {
      const found = nested.get(logicalId);
      if (found !== undefined || opening.has(logicalId)) return found;
      opening.add(logicalId);
      const child = readNested(source, logicalId, scope, region, accountId, report);
      if (child === undefined) return undefined;
      const stack = open(child);
      nested.set(logicalId, stack);
      return stack;
    };
    const scope: StackScope = openStack(source.template, {
      stackName: source.name,
      region,
      accountId,
      parameters: { ...source.parameters, ...parametersOf(namedStack(source), options.parameters ?? {}) },
      importValue: (wanted) => exports.get(wanted),
      stackOutput: (stackName, outputName) => outputs.get(`${stackName}/${outputName}`),
      nestedOutput: (logicalId, output) => asJson(nestedStack(logicalId)?.outputs[output]),
      report,
    });
    const stack: AppStack = {
      name: source.name,
      region,
      accountId,
      template: source.template,
      assets: source.assets,
      tags: source.tags,
      terminationProtection: source.terminationProtection,
      outputs: resolveOutputs(source.template, scope),
      ...(source.displayName === undefined ? {} : { constructPath: source.displayName }),
      ...(source.nestedIn === undefined ? {} : { nestedIn: source.nestedIn }),
      ...(source.templateFile === undefined ? {} : { templateFile: source.templateFile }),
    };
    stacks.push(stack);
    for (const [output, value] of Object.entries(stack.outputs)) {
      const json = asJson(value);
      if (json === undefined) continue;
      outputs.set(`${source.name}/${output}`, json);
      const exported = source.template.Outputs[output]?.ExportName;
      const exportName =
        exported === undefined ? undefined : scope.resolve(exported, `/Outputs/${output}/Export`);
      if (typeof exportName === 'string') exports.set(exportName, json);
    }
    for (const node of scope.graph.resources.values()) {
      if (node.type === 'AWS::CloudFormation::Stack') nestedStack(node.logicalId);
      const properties = resolveProperties(node.properties, scope, `/Resources/${node.logicalId}/Properties`);
      const tags = { ...source.tags, ...tagsOf(properties.Tags) };
      unlinked.push({ node, stack, properties, tags, named: scope.named(node) });
    }
    return stack;
  };
  for (const source of sources) open(source);
  return {
    name: options.name ?? name,
    region: stacks[0]?.region ?? fallback,
    stacks,
    notUnderstood,
    assumptions,
    ...linkResources(unlinked),
  };
}

/** The CDK leaves the file's name in the metadata; without it a nested stack's template is out of reach. */
function readNested(
  parent: Source,
  logicalId: string,
  scope: StackScope,
  region: string,
  accountId: string,
  report: (problem: TemplateProblem) => void,
): Source | undefined {
  const node = scope.graph.resources.get(logicalId);
  if (node?.type !== 'AWS::CloudFormation::Stack') return undefined;
  const asset = node.metadata?.['aws:asset:path'];
  const file =
    typeof asset === 'string' && parent.templateFile !== undefined
      ? join(dirname(parent.templateFile), asset)
      : undefined;
  const path = `/Resources/${logicalId}`;
  if (file === undefined || !existsSync(file)) {
    const because =
      'the template of this nested stack is not beside its parent, so what is in it is not reviewed';
    report({ path, message: because, logicalId });
    return undefined;
  }
  const given = scope.resolve(node.properties.Parameters ?? {}, `${path}/Properties/Parameters`);
  const parameters: Record<string, string> = {};
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    for (const [key, value] of Object.entries(given)) {
      if (typeof value === 'string') parameters[key] = value;
      else if (Array.isArray(value)) parameters[key] = value.map(String).join(',');
    }
  const name = `${parent.name}-${logicalId}`;
  try {
    const template = parseTemplate(readFileSync(file, 'utf8'), { source: file, tolerate: report });
    return {
      ...parent,
      name,
      template,
      region,
      accountId,
      parameters,
      templateFile: file,
      nestedIn: parent.name,
    };
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    report({ path, message: error.message, logicalId });
    return undefined;
  }
}

function resolveOutputs(template: Template, scope: StackScope): Record<string, Resolved> {
  return Object.fromEntries(
    Object.entries(template.Outputs)
      .filter(([, { Condition }]) => Condition === undefined || scope.scope.conditions[Condition] !== false)
      .map(([name, output]) => [name, scope.resolve(output.Value, `/Outputs/${name}/Value`)]),
  );
}

const asJson = (value: Resolved | undefined): Json | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : Array.isArray(value) && value.every((item) => typeof item === 'string')
      ? value.map(String)
      : undefined;
