/**
 * From the input of CreateStack, UpdateStack or CreateChangeSet to a deployment that may run: template read,
 * parameters given their values, rules held, and everything that Slipway does not run refused, all of it at once
 * and by name, before anything is created.
 */

import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { reasonOf } from '../../../core/events.ts';
import { lookup } from '../../../core/lookup.ts';
import { evaluateRules, parseTemplate, type Template } from '../../../template/index.ts';
import { AwsError, type Call, type Invoke, unsupported } from '../../service.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { CloudFormationContext } from './context.ts';
import {
  type Loaded,
  type LoadedTemplate,
  loadTemplate,
  nothingToCome,
  pseudoOf,
  type StackIdentity,
} from './deployment.ts';
import { asInvalid, invalid } from './errors.ts';
import type { Deployment, StackRecord } from './model.ts';
import { parameterValues } from './parameter-values.ts';
import { judgeTemplate, refuse } from './refusals.ts';
import { storedCode } from './stored-code.ts';
import { readTemplateText } from './template-source.ts';

interface DeploymentInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
  readonly Parameters?: Parameter[] | undefined;
  readonly Capabilities?: Capability[] | undefined;
  readonly Tags?: Tag[] | undefined;
  readonly RoleARN?: string | undefined;
  readonly ChangeSetName?: string | undefined;
}

interface Prepared {
  readonly deployment: Deployment;
  readonly loaded: Loaded;
}

export async function prepare(
  context: CloudFormationContext,
  stack: StackIdentity,
  input: DeploymentInput,
  call: Call,
  existing: StackRecord | undefined,
): Promise<Prepared> {
  const { env, records } = context;
  const before = existing?.target ?? existing?.current;
  if (input.UsePreviousTemplate && (input.TemplateBody !== undefined || input.TemplateURL !== undefined))
    throw invalid('UsePreviousTemplate cannot be specified together with a template.');
  if (input.UsePreviousTemplate && !(existing && before))
    throw invalid('There is no previous template of this stack to use.');
  const body =
    input.UsePreviousTemplate && existing && before
      ? records.template(existing.id, before.templateHash)
      : await readTemplateText(input, call.caller, env);
  try {
    const template = parseTemplate(body, {
      parameters: valuesByName(input.Parameters ?? [], before?.parameters ?? {}),
      pseudo: pseudoOf(env, stack),
    });
    checkCapabilities(template, input);
    const parameters = givenParameters(template, input.Parameters ?? [], before?.parameters ?? {});
    const invoke = await principalFor(context, input, existing, call);
    const ssm = await ssmValues(template, parameters, invoke);
    const { values, wrong } = parameterValues(template, parameters, ssm);
    if (wrong.length === 0) checkRules(template, values, stack, env);
    const loaded = loadTemplate(env, records, stack, template, values);
    refuseTypeChanges(context, loaded, stack);
    const reads = {
      template: (TemplateURL: string) => readTemplateText({ TemplateURL }, call.caller, env),
      code: storedCode(call.caller, env),
    };
    const judged = await judgeTemplate(context, loaded, reads, nothingToCome());
    refuse(judged.refusals, [...wrong, ...judged.wrong]);
    const deployment: Deployment = {
      templateHash: records.putTemplate(stack.id, body),
      parameters,
      ssm,
      tags: input.Tags
        ? Object.fromEntries(input.Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
        : (before?.tags ?? {}),
      capabilities: input.Capabilities ?? [],
    };
    return { deployment, loaded: { ...loaded, deployment } };
  } catch (error) {
    throw asInvalid(error);
  }
}

/** What is given or kept, whether the template asks for it or not: its loops are written out before it is read. */
const valuesByName = (
  given: readonly Parameter[],
  previous: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    given.flatMap(({ ParameterKey = '', ParameterValue, UsePreviousValue }) => {
      const value = UsePreviousValue ? lookup(previous, ParameterKey) : ParameterValue;
      return value === undefined ? [] : [[ParameterKey, value]];
    }),
  );

/** The values that SSM has of the parameters that the template takes from there. */
export async function ssmValues(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  invoke: Invoke,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, { Type, Default }] of Object.entries(template.Parameters)) {
    const Name = Type.startsWith('AWS::SSM::Parameter::Value<') ? (parameters[name] ?? Default) : undefined;
    if (Name === undefined) continue;
    const value = await invoke('ssm', 'GetParameter', { Name }).catch((error: unknown) => {
      if ((error as Error).name === 'ParameterNotFound') return {};
      throw invalid(`The SSM parameter ${Name} could not be read: ${reasonOf(error)}`);
    });
    if ('Parameter' in value && value.Parameter?.Value !== undefined) found[Name] = value.Parameter.Value;
  }
  return found;
}

function refuseTypeChanges(
  { records }: CloudFormationContext,
  { graph }: LoadedTemplate,
  { id }: StackIdentity,
): void {
  const changed = records
    .resources(id)
    .filter((one) => one.state && (graph.resources.get(one.logicalId)?.type ?? one.type) !== one.type)
    .map((one) => one.logicalId);
  if (changed.length > 0)
    throw invalid(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    );
}

/** The role given, or the one the stack has from before, or the caller. */
export async function principalFor(
  context: CloudFormationContext,
  input: { readonly RoleARN?: string | undefined },
  existing: StackRecord | undefined,
  call: Call,
): Promise<Invoke> {
  const roleArn = input.RoleARN ?? existing?.roleArn;
  if (!roleArn) return context.env.as(call.caller, 'cloudformation.amazonaws.com');
  try {
    const session = await context.env.assumeRole(
      roleArn,
      'cloudformation.amazonaws.com',
      'AWSCloudFormation',
    );
    return context.env.as(session.caller);
  } catch (error) {
    throw invalid(`Role ${roleArn} is invalid or cannot be assumed: ${reasonOf(error)}`);
  }
}

function givenParameters(
  template: Template,
  given: readonly Parameter[],
  previous: Readonly<Record<string, string>>,
): Record<string, string> {
  const values = new Map<string, string>();
  for (const { ParameterKey = '', ParameterValue, UsePreviousValue, ResolvedValue } of given) {
    if (ResolvedValue !== undefined) throw unsupported('ResolvedValue of a parameter given to a stack');
    if (UsePreviousValue) {
      if (ParameterValue !== undefined)
        throw invalid(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true and a parameter value.`,
        );
      const kept = lookup(previous, ParameterKey);
      if (kept === undefined)
        throw invalid(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true for a parameter key not in the previous template.`,
        );
      values.set(ParameterKey, kept);
    } else if (ParameterValue !== undefined) values.set(ParameterKey, ParameterValue);
  }
  for (const [name, declared] of Object.entries(template.Parameters))
    if (!values.has(name) && declared.Default !== undefined) values.set(name, declared.Default);
  // Own properties, `__proto__` too.
  return Object.fromEntries(values);
}

export function checkRules(
  template: Template,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  stack: StackIdentity,
  env: CloudFormationContext['env'],
): void {
  const failures = evaluateRules(template, {
    parameters,
    pseudo: pseudoOf(env, stack),
  });
  if (failures.length > 0)
    throw invalid(
      `Template constraint violation: ${failures.map((one) => `${one.message} (rule ${one.rule})`).join('; ')}`,
    );
}

function checkCapabilities(
  template: Template,
  { Capabilities: given = [], ChangeSetName }: Pick<DeploymentInput, 'Capabilities' | 'ChangeSetName'>,
): void {
  // A change set shows what a transform did before it is executed; the other operations do not.
  const expands: Capability[] =
    template.Transform.length > 0 && ChangeSetName === undefined ? ['CAPABILITY_AUTO_EXPAND'] : [];
  const needed = [...capabilitiesOf(template).needed, ...expands];
  const missing = needed.filter(
    (one) => !given.includes(one) && !(one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length > 0)
    throw new AwsError(
      'InsufficientCapabilitiesException',
      `Requires capabilities : [${missing.join(', ')}]`,
    );
}
