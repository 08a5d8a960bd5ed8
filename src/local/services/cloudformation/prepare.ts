/**
 * From the input of CreateStack, UpdateStack or CreateChangeSet to a deployment that may run: template read,
 * parameters given their values, rules held, and everything that Slipway does not run refused, all of it at once
 * and by name, before anything is created.
 */

import type { Capability, Parameter, Tag } from '@aws-sdk/client-cloudformation';
import { reasonOf } from '../../../core/events.ts';
import {
  evaluateRules,
  listImports,
  parseTemplate,
  partitionOf,
  resolveParameters,
  supplySsmValues,
  type Template,
} from '../../../template/index.ts';
import { AwsError, type Call, unsupported } from '../../service.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { CloudFormationContext } from './context.ts';
import { type Loaded, loadDeployment, type StackIdentity } from './deployment.ts';
import { asInvalid, invalid } from './errors.ts';
import type { Deployment, StackRecord } from './model.ts';
import { readTemplateText } from './template-source.ts';
import { refuseUnsupported } from './unsupported.ts';

interface DeploymentInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly UsePreviousTemplate?: boolean | undefined;
  readonly Parameters?: Parameter[] | undefined;
  readonly Capabilities?: Capability[] | undefined;
  readonly Tags?: Tag[] | undefined;
  readonly RoleARN?: string | undefined;
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
    const template = parseTemplate(body);
    checkCapabilities(template, input.Capabilities ?? []);
    const parameters = parameterValues(template, input.Parameters ?? [], before?.parameters ?? {});
    const principal = await principalFor(context, input, existing, call);
    const resolved = resolveParameters(template, parameters);
    const ssm: Record<string, string> = {};
    for (const { name } of resolved.ssm) {
      const value = await env
        .as(principal)('ssm', 'GetParameter', { Name: name })
        .catch((error: unknown) => {
          if ((error as Error).name === 'ParameterNotFound') return {};
          throw invalid(`The SSM parameter ${name} could not be read: ${reasonOf(error)}`);
        });
      if ('Parameter' in value && value.Parameter?.Value !== undefined) ssm[name] = value.Parameter.Value;
    }
    checkRules(template, supplySsmValues(template, resolved, ssm), stack, env);
    const deployment: Deployment = {
      templateHash: records.putTemplate(stack.id, body),
      parameters,
      ssm,
      tags: input.Tags
        ? Object.fromEntries(input.Tags.map(({ Key = '', Value = '' }) => [Key, Value]))
        : (before?.tags ?? {}),
      capabilities: input.Capabilities ?? [],
    };
    const loaded = loadDeployment(env, records, stack, deployment);
    refuseTypeChanges(context, loaded, stack);
    for (const { name } of listImports(template))
      if (name !== undefined && !records.exports.has(name)) throw invalid(`No export named ${name} found.`);
    await refuseUnsupported(context, loaded, call.caller);
    return { deployment, loaded };
  } catch (error) {
    throw asInvalid(error);
  }
}

function refuseTypeChanges(
  { records }: CloudFormationContext,
  { graph }: Loaded,
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
) {
  const roleArn = input.RoleARN ?? existing?.roleArn;
  if (!roleArn) return call.caller;
  try {
    return (await context.env.assumeRole(roleArn, 'cloudformation.amazonaws.com', 'AWSCloudFormation'))
      .caller;
  } catch (error) {
    throw invalid(`Role ${roleArn} is invalid or cannot be assumed: ${reasonOf(error)}`);
  }
}

function parameterValues(
  template: Template,
  given: readonly Parameter[],
  previous: Readonly<Record<string, string>>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { ParameterKey = '', ParameterValue, UsePreviousValue, ResolvedValue } of given) {
    if (ResolvedValue !== undefined) throw unsupported('ResolvedValue of a parameter given to a stack');
    if (UsePreviousValue) {
      if (ParameterValue !== undefined)
        throw invalid(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true and a parameter value.`,
        );
      const kept = previous[ParameterKey];
      if (kept === undefined)
        throw invalid(
          `Invalid input for parameter key ${ParameterKey}. Cannot specify usePreviousValue as true for a parameter key not in the previous template.`,
        );
      values[ParameterKey] = kept;
    } else if (ParameterValue !== undefined) values[ParameterKey] = ParameterValue;
  }
  for (const [name, declared] of Object.entries(template.Parameters))
    if (values[name] === undefined && declared.Default !== undefined) values[name] = declared.Default;
  return values;
}

function checkRules(
  template: Template,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  stack: StackIdentity,
  env: CloudFormationContext['env'],
): void {
  const failures = evaluateRules(template, {
    parameters,
    pseudo: {
      accountId: env.accountId,
      region: env.region,
      ...partitionOf(env.region),
      stackName: stack.name,
      stackId: stack.id,
      notificationArns: [],
    },
  });
  if (failures.length > 0)
    throw invalid(
      `Template constraint violation: ${failures.map((one) => `${one.message} (rule ${one.rule})`).join('; ')}`,
    );
}

function checkCapabilities(template: Template, given: readonly string[]): void {
  const { needed } = capabilitiesOf(template);
  const missing = needed.filter(
    (one) => !given.includes(one) && !(one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length > 0)
    throw new AwsError(
      'InsufficientCapabilitiesException',
      `Requires capabilities : [${missing.join(', ')}]`,
    );
}
