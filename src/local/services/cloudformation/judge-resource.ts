/**
 * What one resource of a template would be refused for: its properties and their values, attributes it refers to, its
 * runtime, and the calls that would make it.
 */

import { isObject } from '../../../core/is-object.ts';
import {
  containsUnresolved,
  type Resolved,
  type ResourceNode,
  type Scope,
  TemplateError,
} from '../../../template/index.ts';
import type { Refusal } from '../../../template/verdict.ts';
import { checkProperties } from '../../resource-types/properties.ts';
import { hasCode } from '../../service.ts';
import type { CloudFormationContext, KnownType } from './context.ts';
import { awsCallProblems } from './custom/aws-calls.ts';
import { serviceTokenProblem } from './custom/function-backed.ts';
import { isNativelyActed } from './custom/index.ts';
import { type DynamicValues, type LoadedTemplate, type References, resolveValue } from './deployment.ts';
import { runtimeProblems } from './function-problems.ts';
import type { NamesToCome } from './names-to-come.ts';
import { type Rehearsal, rehearse } from './rehearse.ts';

/** With what references will answer, as far as that is known. */
export const resolveProperties = (
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
    { values: answeringThemselves(loaded.dynamicReferences), invoke: notAsked },
    context.env,
  );

const answeringThemselves = (asked: Set<string>): DynamicValues => ({
  get: (text) => {
    asked.add(text);
    return text;
  },
  set: () => new Map(),
});
const notAsked = () => Promise.reject(new Error('not asked at validation'));
const nothing = () => undefined;
/** What only a deployment tells: of this stack's resources, and of other stacks. */
export const unknown: References & Pick<Scope, 'importValue' | 'stackOutput'> = {
  ref: nothing,
  getAtt: nothing,
  importValue: nothing,
  stackOutput: nothing,
};

type Problem = Pick<Refusal, 'what' | 'stops'>;
const atOnce = (what: string): Problem => ({ what, stops: true });

interface Judgement {
  readonly problems: readonly Problem[];
  /** Exports and outputs of other stacks that are asked for and not there. */
  readonly missing: readonly string[];
  readonly made?: Rehearsal | undefined;
}

export async function judgeResource(
  context: CloudFormationContext,
  loaded: LoadedTemplate,
  node: ResourceNode,
  known: KnownType,
  toCome: NamesToCome,
  rehearsed: ReadonlyMap<string, Rehearsal>,
): Promise<Judgement> {
  const { handler, spec, limits, custom } = known;
  const problems: string[] = [];
  if (node.creationPolicy !== undefined) problems.push('CreationPolicy is not supported');
  if (node.updatePolicy !== undefined) problems.push('UpdatePolicy is not supported');
  problems.push(...dynamicProblems(node));
  const resolved = await resolveProperties(context, loaded, node, unknown);
  const asked: AskedAttribute[] = [];
  const foreseen =
    containsUnresolved(resolved).length === 0
      ? resolved
      : await resolveProperties(context, loaded, node, recording(toCome, asked)).catch(
          // A function that has no value of what was guessed, such as a part of a text, may have one of what will be.
          (error: unknown) => {
            if (error instanceof TemplateError) return resolved;
            throw error;
          },
        );
  problems.push(...(await attributeProblems(context, loaded, asked, rehearsed)));
  const missing = missingOf(foreseen);
  if (custom) {
    if (isObject(foreseen)) {
      const tokens = serviceTokenProblems(node.type, foreseen.ServiceToken);
      problems.push(...tokens.filter((problem) => !toCome.isGuess(problem, true)));
      problems.push(...(await awsCallProblems(foreseen, context.rehearse)));
    }
    return { problems: problems.map(atOnce), missing };
  }
  const accepted = new Set([...handler.honoured, ...Object.keys(handler.kept ?? {})]);
  for (const name of Object.keys(node.properties))
    if (!accepted.has(name) && (!spec || Object.hasOwn(spec.properties, name)))
      problems.push(`the property ${name} is not supported`);
  const checked = spec ? checkProperties(resolved, spec, limits) : { value: resolved, problems: [] };
  problems.push(...checked.problems);
  if (node.type === 'AWS::Lambda::Function')
    problems.push(...runtimeProblems(context, loaded, node, resolved));
  // What is rehearsed has the names that references will have, and no property that was refused already.
  const complete = spec ? checkProperties(foreseen, spec).value : foreseen;
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
    missing,
  };
}

/** What is asked of other stacks and not there: no deployment of this one gives it. */
export const missingOf = (value: Resolved): string[] =>
  containsUnresolved(value).flatMap(({ expression, reason }) =>
    isObject(expression) && ('Fn::ImportValue' in expression || 'Fn::GetStackOutput' in expression)
      ? [reason]
      : [],
  );

function serviceTokenProblems(type: string, token: Resolved | undefined): string[] {
  if (token === undefined) return ['required key [ServiceToken] not found'];
  if (typeof token !== 'string' || isNativelyActed(type)) return [];
  const problem = serviceTokenProblem(token);
  return problem ? [problem.message] : [];
}

interface AskedAttribute {
  readonly to: string;
  readonly name: string;
}

/** The attributes asked for, also where the template computes their names. */
export const recording = (references: References, asked: AskedAttribute[]): References => ({
  ref: (id) => references.ref(id),
  getAtt(to, name) {
    asked.push({ to, name });
    return references.getAtt(to, name);
  },
});

/** Attributes of a type that its specification does not have and its handler does not answer. */
export async function attributeProblems(
  { types }: CloudFormationContext,
  { graph }: LoadedTemplate,
  asked: readonly AskedAttribute[],
  rehearsed: ReadonlyMap<string, Rehearsal>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const { to, name } of asked) {
    const type = graph.resources.get(to)?.type;
    const spec = type === undefined ? undefined : (await types.find(type))?.spec;
    if (!spec || type === 'AWS::CloudFormation::Stack') continue;
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
