/** Everything in a template that would not do here what it does on AWS, listed at once. */

import type { Caller } from '../../../iam/index.ts';
import { containsUnresolved, parseTemplate, type ResourceNode } from '../../../template/index.ts';
import type { CloudFormationContext, KnownType } from './context.ts';
import { isNativelyActed } from './custom/index.ts';
import { type DynamicValues, type Loaded, resolveValue } from './deployment.ts';
import { invalid } from './errors.ts';
import { checkProperties } from './properties.ts';
import { readTemplateText } from './template-source.ts';
import { isCustom } from './types.ts';

interface Problem {
  readonly node: ResourceNode;
  readonly what: string;
}

export async function refuseUnsupported(
  context: CloudFormationContext,
  loaded: Loaded,
  caller: Caller,
): Promise<void> {
  const problems: Problem[] = [];
  for (const node of loaded.graph.resources.values()) {
    const known = await context.types.find(node.type);
    const found = known
      ? await problemsOf(context, loaded, node, known, caller)
      : [`the resource type is not supported`];
    problems.push(...found.map((what) => ({ node, what })));
  }
  if (problems.length === 0) return;
  const lines = problems.map(({ node, what }) => {
    const at = node.constructPath ? `, construct ${node.constructPath}` : '';
    return `${node.logicalId} (${node.type}${at}): ${what}`;
  });
  const types = [
    ...new Set(
      problems.filter((one) => one.what.startsWith('the resource type')).map((one) => one.node.type),
    ),
  ];
  const head = types.length > 0 ? `Unrecognized resource types: [${types.join(', ')}]. ` : '';
  throw invalid(`${head}Slipway cannot run this template, so nothing was deployed:\n${lines.join('\n')}`);
}

async function problemsOf(
  context: CloudFormationContext,
  loaded: Loaded,
  node: ResourceNode,
  { handler, spec, custom }: KnownType,
  caller: Caller,
): Promise<string[]> {
  const problems: string[] = [];
  if (node.creationPolicy !== undefined) problems.push('CreationPolicy is not supported');
  if (node.updatePolicy !== undefined) problems.push('UpdatePolicy is not supported');
  const resolved = await resolveValue(
    node.properties,
    `/Resources/${node.logicalId}/Properties`,
    loaded,
    { ref: () => undefined, getAtt: () => undefined },
    // Dynamic references are read when the resource is made; here only the rest is looked at.
    { values: anything, invoke: refuse },
    context.env,
  );
  if (custom) {
    if (typeof resolved === 'object' && resolved !== null && !('ServiceToken' in resolved))
      problems.push('required key [ServiceToken] not found');
  } else {
    const accepted = new Set([...handler.honoured, ...Object.keys(handler.kept ?? {})]);
    for (const name of Object.keys(node.properties))
      if (!accepted.has(name) && (!spec || spec.properties[name] !== undefined))
        problems.push(`the property ${name} is not supported`);
    if (spec) problems.push(...checkProperties(resolved, spec).problems);
  }
  if (node.type === 'AWS::Lambda::Function') problems.push(...runtimeProblems(loaded, node, resolved));
  if (node.type === 'AWS::CloudFormation::Stack')
    problems.push(...(await nestedProblems(context, resolved, caller)));
  return problems;
}

/** Answers any dynamic reference with itself. */
const anything: DynamicValues = { get: (text) => text, set: () => new Map() };
const refuse = () => Promise.reject(new Error('not asked at validation'));

const runnable = /^nodejs(20|22|24)\.x$/;

/** They name a function, for its logs or permissions, and never call it. */
const onlyNames = new Set([
  'AWS::Logs::LogGroup',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
]);

/**
 * A function that cannot run here (Python, say) may exist only as the provider of custom resources that Slipway
 * acts itself: nothing that could call it may refer to it.
 */
function runtimeProblems(loaded: Loaded, node: ResourceNode, resolved: unknown): string[] {
  const runtime = (resolved as { Runtime?: unknown }).Runtime;
  if (typeof runtime !== 'string' || runnable.test(runtime)) return [];
  const others: string[] = [];
  let natively = 0;
  for (const other of loaded.graph.resources.values())
    for (const reference of other.references) {
      if (reference.to !== node.logicalId || reference.kind === 'dependsOn') continue;
      if (isNativelyActed(other.type) && reference.path.endsWith('/Properties/ServiceToken')) natively++;
      else if (!onlyNames.has(other.type)) others.push(other.logicalId);
    }
  if (natively > 0 && others.length === 0) return [];
  const why = others.length > 0 ? ` (${[...new Set(others)].join(', ')} use it)` : '';
  return [
    `the runtime ${runtime} is not supported${why}; functions run on nodejs20.x, nodejs22.x and nodejs24.x`,
  ];
}

/** The types of a nested stack, as far as its template can be read before anything exists. */
async function nestedProblems(
  context: CloudFormationContext,
  resolved: unknown,
  caller: Caller,
): Promise<string[]> {
  const url = (resolved as { TemplateURL?: unknown }).TemplateURL;
  if (typeof url !== 'string' || containsUnresolved(url).length > 0) return [];
  const template = parseTemplate(await readTemplateText({ TemplateURL: url }, caller, context.env));
  const problems: string[] = [];
  for (const [logicalId, { Type, Condition }] of Object.entries(template.Resources)) {
    if (Condition !== undefined || isCustom(Type)) continue;
    if (!(await context.types.find(Type)))
      problems.push(`the resource type ${Type} of ${logicalId} in the nested stack is not supported`);
  }
  return problems;
}
