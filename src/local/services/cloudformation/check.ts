/**
 * The verdict on the templates of an app, in the order in which they would be deployed: what would be refused, and what
 * AWS itself would refuse for what the text says. Nothing is made or kept.
 */
import { reasonOf } from '../../../core/events.ts';
import { type Scope, scopeText } from '../../../core/regions.ts';
import type { Caller } from '../../../iam/index.ts';
import { formatProblem, parseTemplate, resolve, type TemplateProblem } from '../../../template/index.ts';
import type { StackToCheck, StackVerdict, ToCome, ToComeByScope } from '../../../template/verdict.ts';
import { findRuntime } from '../../compute/functions/runtimes.ts';
import { type Invoke, ignoring } from '../../service.ts';
import type { CloudFormationContext } from './context.ts';
import { type LoadedTemplate, loadTemplate, nothingToCome, pseudoOf } from './deployment.ts';
import { parameterValues, previousValues } from './parameter-values.ts';
import { checkRules, ssmValues } from './prepare.ts';
import { idToCome, judgeTemplate, type Reads } from './refusals.ts';
import { assetCode, storedCode } from './stored-code.ts';
import { readTemplateText } from './template-source.ts';

export async function checkStacks(
  context: CloudFormationContext,
  stacks: readonly StackToCheck[],
  caller: Caller,
  byScope: ToComeByScope,
): Promise<StackVerdict[]> {
  const toCome = toComeIn(byScope, context.env);
  const verdicts: StackVerdict[] = [];
  for (const stack of stacks) verdicts.push(await checkStack(context, stack, caller, toCome));
  return verdicts;
}

function toComeIn(byScope: ToComeByScope, { accountId, region }: Scope): ToCome {
  const key = scopeText({ accountId, region });
  const known = byScope.get(key);
  if (known) return known;
  const made: ToCome = {
    ...nothingToCome(),
    parameters: new Map(bootstrapVersion),
    parametersIn: (other) => toComeIn(byScope, { accountId, region: other }).parameters,
  };
  byScope.set(key, made);
  return made;
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
  const nothing = { stackName, missing: [], previous: [], refusals: [], live: 0, inert: [], standIns: [] };
  const malformed: string[] = [];
  const tolerate = (problem: TemplateProblem) => void malformed.push(formatProblem(problem));
  try {
    const existing = records.findStack(stackName);
    const identity = { id: existing?.id ?? idToCome(stackName, env), name: stackName };
    const template = parseTemplate(stack.template, {
      parameters: stack.parameters ?? {},
      pseudo: pseudoOf(env, identity),
      tolerate,
    });
    const previous = previousValues(records, existing, template, stack.parameters ?? {});
    const given = { ...previous, ...stack.parameters };
    const ssm = {
      ...Object.fromEntries(toCome.parameters),
      ...(await ssmValues(template, given, env.as(caller))),
    };
    const { values, wrong, missing } = parameterValues(template, given, ssm);
    const loaded = loadTemplate(env, records, identity, template, values, toCome, tolerate);
    if (wrong.length === 0) checkRules(template, values, identity, env);
    const reads: Reads = {
      template: (url) => nestedTemplate(url, stack, caller, env),
      code: async (bucket, key) => assetCode(stack, key) ?? storedCode(caller, env)(bucket, key),
    };
    const judged = await judgeTemplate(context, loaded, reads, toCome);
    const { refusals } = judged;
    return {
      stackName,
      wrong: [
        ...new Set([
          ...malformed,
          ...wrong,
          ...judged.wrong,
          ...(await missingParameters(loaded, toCome, env.as(caller))),
        ]),
      ],
      missing,
      previous: Object.keys(previous),
      refusals,
      ...(await modes(context, loaded, new Set(refusals.map(({ logicalId }) => logicalId)))),
    };
  } catch (error) {
    return { ...nothing, wrong: [...malformed, reasonOf(error)] };
  }
}

/** Parameters of SSM that properties take their values from, and that neither are there nor will be. */
async function missingParameters(
  { dynamicReferences }: LoadedTemplate,
  { parameters }: ToCome,
  invoke: Invoke,
): Promise<string[]> {
  const missing: string[] = [];
  for (const text of dynamicReferences) {
    const name = /^\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}$/.exec(text)?.[1];
    if (name === undefined || parameters.has(name)) continue;
    const there = await ignoring(invoke('ssm', 'GetParameter', { Name: name }), 'ParameterNotFound');
    if (!there) missing.push(`Could not resolve the dynamic reference ${text}: Parameter ${name} not found.`);
  }
  return missing;
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

async function modes(
  context: CloudFormationContext,
  { graph, scope }: LoadedTemplate,
  refused: ReadonlySet<string>,
) {
  let live = 0;
  const standIns = new Set<string>();
  const inert: StackVerdict['inert'][number][] = [];
  for (const { logicalId, type, properties } of graph.resources.values()) {
    if (refused.has(logicalId)) continue;
    if (type === 'AWS::Lambda::Function' && properties.Runtime !== undefined) {
      const runtime = resolve(properties.Runtime, scope, `/Resources/${logicalId}/Properties/Runtime`);
      const found =
        typeof runtime === 'string' ? findRuntime(context.env.runsDeprecatedAs(runtime) ?? runtime) : '';
      if (typeof found !== 'string' && found.standsIn) standIns.add(found.standsIn);
    }
    const handler = (await context.types.find(type))?.handler;
    if (handler?.mode === 'inert') inert.push({ type, because: handler.because ?? '' });
    else if (handler) live++;
  }
  return { live, inert, standIns: [...standIns] };
}
