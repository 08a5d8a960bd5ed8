/**
 * The verdict on the templates of an app, in the order in which they would be deployed: what would be refused, and what
 * AWS itself would refuse for what the text says. Nothing is made or kept.
 */
import { reasonOf } from '../../../core/events.ts';
import type { Caller } from '../../../iam/index.ts';
import { parseTemplate, type Resolved, resolve } from '../../../template/index.ts';
import type { StackToCheck, StackVerdict } from '../../../template/verdict.ts';
import type { CloudFormationContext } from './context.ts';
import { type LoadedTemplate, loadTemplate, pseudoOf } from './deployment.ts';
import { namesToCome } from './names-to-come.ts';
import { parameterValues } from './parameter-values.ts';
import { checkRules, ssmValues } from './prepare.ts';
import { idToCome, missingImports, type ReadTemplate, refusalsOf } from './refusals.ts';
import { readTemplateText } from './template-source.ts';

/** What the stacks before this one will have made. */
interface ToCome {
  readonly exports: Map<string, string>;
  readonly parameters: Map<string, string>;
}

export async function checkStacks(
  context: CloudFormationContext,
  stacks: readonly StackToCheck[],
  caller: Caller,
): Promise<StackVerdict[]> {
  const toCome: ToCome = { exports: new Map(), parameters: new Map(bootstrapVersion) };
  const verdicts: StackVerdict[] = [];
  for (const stack of stacks) verdicts.push(await checkStack(context, stack, caller, toCome));
  return verdicts;
}

/** The parameter by which the CDK's templates ask for its bootstrap stack, which `slipway up` makes before them. */
const bootstrapVersion = [['/cdk-bootstrap/hnb659fds/version', '999']] as const;

async function checkStack(
  context: CloudFormationContext,
  stack: StackToCheck,
  caller: Caller,
  toCome: ToCome,
): Promise<StackVerdict> {
  const { env, records } = context;
  const { stackName } = stack;
  const nothing = { stackName, refusals: [], live: 0, inert: [] };
  try {
    const given = stack.parameters ?? {};
    const identity = { id: records.findStack(stackName)?.id ?? idToCome(stackName, env), name: stackName };
    const template = parseTemplate(stack.template, {
      parameters: given,
      pseudo: pseudoOf(env, identity),
    });
    const ssm = {
      ...Object.fromEntries(toCome.parameters),
      ...(await ssmValues(template, given, env.as(caller))),
    };
    const { values, wrong } = parameterValues(template, given, ssm);
    const loaded = loadTemplate(env, records, identity, template, values, toCome.exports);
    if (wrong.length === 0) checkRules(template, values, identity, env);
    const read: ReadTemplate = (url) => nestedTemplate(url, stack, caller, env);
    const refusals = await refusalsOf(context, loaded, read);
    learn(context, loaded, toCome);
    return {
      stackName,
      wrong: [...wrong, ...missingImports(context, template, toCome.exports)],
      refusals,
      ...(await modes(context, loaded, new Set(refusals.map(({ logicalId }) => logicalId)))),
    };
  } catch (error) {
    return { ...nothing, wrong: [reasonOf(error)] };
  }
}

async function nestedTemplate(
  url: string,
  { nested = {} }: StackToCheck,
  caller: Caller,
  env: CloudFormationContext['env'],
): Promise<string | undefined> {
  const name = url.slice(url.lastIndexOf('/') + 1);
  return Object.hasOwn(nested, name) ? nested[name] : readTemplateText({ TemplateURL: url }, caller, env);
}

/** Keeps what later stacks of the app may ask for: exports, and parameters of a name that the template chooses. */
function learn(context: CloudFormationContext, loaded: LoadedTemplate, toCome: ToCome): void {
  const { template, scope, graph } = loaded;
  const known = { ...scope, ...namesToCome(context, loaded, new Map()) };
  const text = (value: Parameters<typeof resolve>[0], path: string): string | undefined => {
    const resolved: Resolved = resolve(value, known, path);
    return typeof resolved === 'string' ? resolved : undefined;
  };
  for (const [id, { Condition, ExportName, Value }] of Object.entries(template.Outputs)) {
    if (ExportName === undefined || (Condition !== undefined && scope.conditions[Condition] === false))
      continue;
    const name = text(ExportName, `/Outputs/${id}/Export/Name`);
    if (name !== undefined) toCome.exports.set(name, text(Value, `/Outputs/${id}/Value`) ?? 'to-come');
  }
  for (const { type, properties } of graph.resources.values())
    if (type === 'AWS::SSM::Parameter' && typeof properties.Name === 'string')
      toCome.parameters.set(properties.Name, 'to-come');
}

async function modes(
  context: CloudFormationContext,
  { graph }: LoadedTemplate,
  refused: ReadonlySet<string>,
) {
  let live = 0;
  const inert: StackVerdict['inert'][number][] = [];
  for (const { logicalId, type } of graph.resources.values()) {
    if (refused.has(logicalId)) continue;
    const handler = (await context.types.find(type))?.handler;
    if (handler?.mode === 'inert') inert.push({ type, because: handler.because ?? '' });
    else if (handler) live++;
  }
  return { live, inert };
}
