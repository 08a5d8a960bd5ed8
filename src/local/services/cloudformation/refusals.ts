/**
 * Everything in a template that would not do here what it does on AWS, or that AWS would refuse for what the template
 * says, listed at once: types, properties and their values, runtimes, nested stacks.
 */
import { reasonOf } from '../../../core/events.ts';
import { isObject } from '../../../core/is-object.ts';
import {
  containsUnresolved,
  listImports,
  parseTemplate,
  type ResourceNode,
  type Template,
} from '../../../template/index.ts';
import type { Refusal } from '../../../template/verdict.ts';
import { hasCode } from '../../service.ts';
import type { CloudFormationContext, KnownType } from './context.ts';
import { isNativelyActed } from './custom/index.ts';
import {
  type DynamicValues,
  type LoadedTemplate,
  loadTemplate,
  pseudoOf,
  type References,
  resolveValue,
} from './deployment.ts';
import { invalid } from './errors.ts';
import { type NamesToCome, namesToCome } from './names-to-come.ts';
import { parameterValues } from './parameter-values.ts';
import { checkProperties } from './properties.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';

/** Reads the template of a nested stack; undefined when it is not there yet. */
export type ReadTemplate = (url: string) => Promise<string | undefined>;

/** @throws AwsError ValidationError with every refusal, after what else is wrong */
export function refuse(refusals: readonly Refusal[], wrong: readonly string[] = []): void {
  if (!refusals.some(({ stops }) => stops) && wrong.length === 0) return;
  const types = [...new Set(refusals.filter((one) => one.unknownType).map((one) => one.type))];
  const head = types.length > 0 ? `Unrecognized resource types: [${types.join(', ')}]. ` : '';
  const list =
    refusals.length === 0
      ? []
      : [`${head}Slipway cannot run this template, so nothing was deployed:`, ...refusals.map(shown)];
  throw invalid([...wrong, ...list].join('\n'));
}

function shown({ logicalId, type, constructPath, what }: Refusal): string {
  return `${logicalId} (${type}${constructPath ? `, construct ${constructPath}` : ''}): ${what}`;
}

/** Of the form that the id of a new stack will have: templates take parts of it. */
export const idToCome = (stackName: string, env: CloudFormationContext['env']): string =>
  env.arn('cloudformation', `stack/${stackName}/00000000-0000-4000-8000-000000000000`);

export const missingImports = (
  { records }: CloudFormationContext,
  template: Template,
  exportsToCome: ReadonlyMap<string, string> = new Map(),
): string[] =>
  listImports(template).flatMap(({ name }) =>
    name === undefined || records.exports.has(name) || exportsToCome.has(name)
      ? []
      : [`No export named ${name} found.`],
  );

export async function refusalsOf(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  readTemplate: ReadTemplate,
): Promise<Refusal[]> {
  const found = new Map<string, Refusal[]>();
  const rehearsed = new Map<string, Rehearsal>();
  const toCome = namesToCome(context, loaded, rehearsed);
  const { order, resources } = loaded.graph;
  // What a resource refers to is rehearsed before it.
  for (const id of order) {
    const node = resources.get(id);
    if (!node) continue;
    const refusals: Refusal[] = [];
    found.set(id, refusals);
    const at = {
      logicalId: node.logicalId,
      type: node.type,
      ...(node.constructPath ? { constructPath: node.constructPath } : {}),
    };
    const known = await context.types.find(node.type);
    if (!known) {
      refusals.push({ ...at, what: 'the resource type is not supported', stops: true, unknownType: true });
      continue;
    }
    const { problems, made } = await judge(context, loaded, node, known, toCome, rehearsed);
    if (made) rehearsed.set(id, made);
    refusals.push(...problems.map((problem) => ({ ...at, ...problem })));
    if (node.type === 'AWS::CloudFormation::Stack')
      for (const one of await nestedRefusals(context, loaded, node, toCome, readTemplate))
        refusals.push({ ...one, logicalId: [node.logicalId, one.logicalId].filter(Boolean).join('/') });
  }
  return [...resources.keys()].flatMap((id) => found.get(id) ?? []);
}

const resolveProperties = (
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  node: ResourceNode,
  references: References,
) =>
  resolveValue(
    node.properties,
    `/Resources/${node.logicalId}/Properties`,
    loaded,
    references,
    // Dynamic references are read when the resource is made; here only the rest is looked at.
    { values: anything, invoke: notAsked },
    context.env,
  );

/** Answers any dynamic reference with itself. */
const anything: DynamicValues = { get: (text) => text, set: () => new Map() };
const notAsked = () => Promise.reject(new Error('not asked at validation'));
const unknown: References = { ref: () => undefined, getAtt: () => undefined };

type Problem = Pick<Refusal, 'what' | 'stops'>;
const atOnce = (what: string): Problem => ({ what, stops: true });

async function judge(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  node: ResourceNode,
  known: KnownType,
  toCome: NamesToCome,
  rehearsed: ReadonlyMap<string, Rehearsal>,
): Promise<{ readonly problems: readonly Problem[]; readonly made?: Rehearsal | undefined }> {
  const { handler, spec, custom } = known;
  const problems: string[] = [];
  if (node.creationPolicy !== undefined) problems.push('CreationPolicy is not supported');
  if (node.updatePolicy !== undefined) problems.push('UpdatePolicy is not supported');
  problems.push(...dynamicProblems(node), ...(await attributeProblems(context, loaded, node, rehearsed)));
  const resolved = await resolveProperties(context, loaded, node, unknown);
  if (custom) {
    if (isObject(resolved) && !('ServiceToken' in resolved))
      problems.push('required key [ServiceToken] not found');
    return { problems: problems.map(atOnce) };
  }
  const accepted = new Set([...handler.honoured, ...Object.keys(handler.kept ?? {})]);
  for (const name of Object.keys(node.properties))
    if (!accepted.has(name) && (!spec || Object.hasOwn(spec.properties, name)))
      problems.push(`the property ${name} is not supported`);
  const checked = spec ? checkProperties(resolved, spec) : { value: resolved, problems: [] };
  problems.push(...checked.problems);
  if (node.type === 'AWS::Lambda::Function') problems.push(...runtimeProblems(loaded, node, resolved));
  // What is rehearsed has the names that references will have, and no property that was refused already.
  const complete =
    containsUnresolved(resolved).length === 0
      ? checked.value
      : await resolveProperties(context, loaded, node, toCome).then((value) =>
          spec ? checkProperties(value, spec).value : value,
        );
  const properties = Object.entries(isObject(complete) ? complete : {}).filter(([name]) =>
    accepted.has(name),
  );
  // A value that only a deployment can tell, such as the import of what is not there, leaves nothing to rehearse.
  const { refused, made } =
    containsUnresolved(complete).length > 0
      ? { refused: [], made: undefined }
      : await rehearse(context, loaded, node, known, Object.fromEntries(properties), rehearsed);
  const told = new Set(problems);
  // What a dynamic reference stands for is read when the resource is made.
  const others = refused.filter(
    (error) =>
      !error.message.includes('{{resolve:') &&
      !toCome.isGuess(error.message, hasCode(error, 'NotImplemented')) &&
      !told.has(error.message) &&
      told.add(error.message),
  );
  return {
    problems: [
      ...problems.map(atOnce),
      ...others.map((error) => ({ what: error.message, stops: hasCode(error, 'NotImplemented') })),
    ],
    made,
  };
}

/** Attributes of a type that its specification does not have and its handler does not answer. */
async function attributeProblems(
  { types }: CloudFormationContext,
  { graph }: LoadedTemplate,
  { references }: ResourceNode,
  rehearsed: ReadonlyMap<string, Rehearsal>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const { to, attribute: name } of references) {
    const type = name === undefined ? undefined : graph.resources.get(to)?.type;
    const spec = type === undefined ? undefined : (await types.find(type))?.spec;
    if (name === undefined || !spec || type === 'AWS::CloudFormation::Stack') continue;
    const [property = ''] = name.split('.');
    const answered = rehearsed.get(to)?.state.attributes ?? {};
    if (spec.attributes.includes(name) || spec.properties[property] !== undefined || name in answered)
      continue;
    problems.push(`Template error: resource ${to} does not support attribute type ${name} in Fn::GetAtt`);
  }
  return problems;
}

/** Secrets and secure parameters are not kept here, so that nothing can be read from them. */
const dynamicProblems = ({ properties }: ResourceNode): string[] =>
  [...new Set(JSON.stringify(properties).match(/\{\{resolve:(secretsmanager|ssm-secure):[^}]*\}\}/g))].map(
    (reference) => `the dynamic reference ${reference} is not supported`,
  );

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
function runtimeProblems(loaded: LoadedTemplate, node: ResourceNode, resolved: unknown): string[] {
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

/** Those of a nested stack, as far as its template can be read before anything exists. */
async function nestedRefusals(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  node: ResourceNode,
  toCome: References,
  readTemplate: ReadTemplate,
): Promise<Refusal[]> {
  const written = await resolveProperties(context, loaded, node, unknown);
  const url = isObject(written) ? written.TemplateURL : undefined;
  if (typeof url !== 'string') return [];
  try {
    const text = await readTemplate(url);
    if (text === undefined) return [];
    const complete = await resolveProperties(context, loaded, node, toCome);
    const given = isObject(complete) && isObject(complete.Parameters) ? complete.Parameters : {};
    const texts = Object.entries(given).map(([name, value]) => [name, String(value)] as const);
    const name = `${loaded.scope.pseudo.stackName}-${node.logicalId}`;
    const stack = { id: idToCome(name, context.env), name };
    const parameters = Object.fromEntries(texts);
    const template = parseTemplate(text, { parameters, pseudo: pseudoOf(context.env, stack) });
    const { values } = parameterValues(template, parameters, {});
    return await refusalsOf(
      context,
      loadTemplate(context.env, context.records, stack, template, values),
      readTemplate,
    );
  } catch (error) {
    return [{ logicalId: '', type: node.type, what: reasonOf(error), stops: true }];
  }
}
