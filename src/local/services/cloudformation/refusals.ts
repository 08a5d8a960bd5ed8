/**
 * Everything in a template that would not do here what it does on AWS, or that AWS would refuse for what the template
 * says, listed at once: types, properties and their values, runtimes, nested stacks.
 */
import { reasonOf } from '../../../core/events.ts';
import { isObject } from '../../../core/is-object.ts';
import {
  type Json,
  parseTemplate,
  type Resolved,
  type ResourceNode,
  resolve,
  TemplateError,
} from '../../../template/index.ts';
import type { Refusal, ToCome } from '../../../template/verdict.ts';
import type { CloudFormationContext } from './context.ts';
import { type LoadedTemplate, loadTemplate, outputKey, pseudoOf, type References } from './deployment.ts';
import { invalid } from './errors.ts';
import { codeProblems, type ReadCode } from './function-problems.ts';
import {
  attributeProblems,
  judgeResource,
  missingOf,
  recording,
  resolveProperties,
  unknown,
} from './judge-resource.ts';
import { type NamesToCome, namesToCome, nestedName } from './names-to-come.ts';
import { parameterValues } from './parameter-values.ts';
import type { Rehearsal } from './rehearse.ts';

/** What a template refers to, as far as it can be read before anything is made. */
export interface Reads {
  /** The template of a nested stack; undefined when it is not there yet. */
  template(url: string): Promise<string | undefined>;
  readonly code: ReadCode;
}

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

interface Judgement {
  readonly refusals: readonly Refusal[];
  /** What is wrong with the template as a whole: outputs, and what it asks of other stacks. */
  readonly wrong: readonly string[];
}

/** @param toCome what `loaded` was given; what the template makes is added to it */
export async function judgeTemplate(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  reads: Reads,
  toCome: ToCome,
): Promise<Judgement> {
  const found = new Map<string, Refusal[]>();
  const wrong: string[] = [];
  const rehearsed = new Map<string, Rehearsal>();
  const names = namesToCome(context, loaded, rehearsed, toCome);
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
    try {
      const judged = await judgeResource(context, loaded, node, known, names, rehearsed);
      if (judged.made) rehearsed.set(id, judged.made);
      wrong.push(...judged.missing);
      refusals.push(...judged.problems.map((problem) => ({ ...at, ...problem })));
      if (node.type === 'AWS::Lambda::Function' && judged.problems.length === 0) {
        const resolved = (one: ResourceNode) => resolveProperties(context, loaded, one, names);
        const code = await codeProblems(context, loaded, node, resolved, reads.code);
        refusals.push(...code.map((what) => ({ ...at, what, stops: true })));
      }
    } catch (error) {
      // Functions that have no value, of which the analysis of the template has told most: the others go on.
      if (!(error instanceof TemplateError)) throw error;
      wrong.push(error.message);
    }
    const { Name: name } = node.properties;
    if (node.type === 'AWS::SSM::Parameter' && typeof name === 'string')
      toCome.parameters.set(name, 'to-come');
    for (const [region, parameter] of writtenElsewhere(node))
      toCome.parametersIn(region).set(parameter, 'to-come');
    if (node.type === 'AWS::CloudFormation::Stack')
      for (const one of await nestedRefusals(context, loaded, node, names, reads, toCome))
        refusals.push({ ...one, logicalId: [node.logicalId, one.logicalId].filter(Boolean).join('/') });
  }
  const asked: Parameters<typeof recording>[1] = [];
  wrong.push(...judgeOutputs(loaded, recording(names, asked), toCome));
  wrong.push(...(await attributeProblems(context, loaded, asked, rehearsed)));
  return { refusals: [...resources.keys()].flatMap((id) => found.get(id) ?? []), wrong: [...new Set(wrong)] };
}

/**
 * What the CDK's custom resource writes for stacks in another region that refer to this one.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region
 */
function* writtenElsewhere({ type, properties }: ResourceNode): Generator<[region: string, name: string]> {
  const { WriterProps: written } = properties;
  if (type !== 'Custom::CrossRegionExportWriter' || !isObject(written)) return;
  const { region, exports } = written;
  if (typeof region !== 'string' || !isObject(exports)) return;
  for (const name of Object.keys(exports)) yield [region, name];
}

/** Keeps them for later stacks. */
function judgeOutputs({ template, scope }: LoadedTemplate, names: References, toCome: ToCome): string[] {
  const known = { ...scope, ...names };
  return Object.entries(template.Outputs).flatMap(([id, { Condition, ExportName, Value }]) => {
    if (Condition !== undefined && scope.conditions[Condition] === false) return [];
    const foreseen = (written: Json, path: string): Resolved => {
      try {
        return resolve(written, known, path);
      } catch (error) {
        // A function that has no value of what was guessed, such as a part of a text, may have one of what will be.
        if (!(error instanceof TemplateError)) throw error;
        return resolve(written, { ...scope, ...unknown }, path);
      }
    };
    const value = foreseen(Value, `/Outputs/${id}/Value`);
    const name = ExportName && foreseen(ExportName, `/Outputs/${id}/Export/Name`);
    const text = typeof value === 'string' ? value : 'to-come';
    toCome.outputs.set(outputKey(scope.pseudo.stackName, id), text);
    if (typeof name === 'string') toCome.exports.set(name, text);
    return missingOf([value, name ?? '']);
  });
}

/** Those of a nested stack, as far as its template can be read before anything exists. */
async function nestedRefusals(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  node: ResourceNode,
  names: NamesToCome,
  reads: Reads,
  toCome: ToCome,
): Promise<Refusal[]> {
  const written = await resolveProperties(context, loaded, node, unknown);
  const url = isObject(written) ? written.TemplateURL : undefined;
  if (typeof url !== 'string') return [];
  try {
    const text = await reads.template(url);
    if (text === undefined) return [];
    const complete = await resolveProperties(context, loaded, node, names);
    const given = isObject(complete) && isObject(complete.Parameters) ? complete.Parameters : {};
    const texts = Object.entries(given).map(([name, value]) => [name, String(value)] as const);
    const name = nestedName(loaded.scope.pseudo.stackName, node.logicalId);
    const stack = { id: idToCome(name, context.env), name };
    const parameters = Object.fromEntries(texts);
    const template = parseTemplate(text, { parameters, pseudo: pseudoOf(context.env, stack) });
    const { values } = parameterValues(template, parameters, {});
    const nested = loadTemplate(context.env, context.records, stack, template, values, toCome);
    const { refusals, wrong } = await judgeTemplate(context, nested, reads, toCome);
    return [...wrong.map((what) => ({ logicalId: '', type: node.type, what, stops: true })), ...refusals];
  } catch (error) {
    return [{ logicalId: '', type: node.type, what: reasonOf(error), stops: true }];
  }
}
