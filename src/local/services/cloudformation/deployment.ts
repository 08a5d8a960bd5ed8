/**
 * A deployment made ready to run: its template parsed, its conditions evaluated for these parameters, its graph
 * built, and a way to resolve values in it. Resolving asks for dynamic references as the principal that deploys.
 */
import { reasonOf } from '../../../core/events.ts';
import {
  type AnalyseOptions,
  analyse,
  createScope,
  type DynamicReference,
  type Json,
  type Pseudo,
  parseTemplate,
  partitionOf,
  type Resolved,
  resolve,
  resolveParameters,
  type Scope,
  supplySsmValues,
  type Template,
  type TemplateGraph,
} from '../../../template/index.ts';
import type { ToCome } from '../../../template/verdict.ts';
import { availabilityZones } from '../../availability-zones.ts';
import type { Invoke, ServiceEnvironment } from '../../service.ts';
import { localUrls } from '../../urls.ts';
import { invalid } from './errors.ts';
import type { Deployment } from './model.ts';
import type { Records } from './records.ts';
import { mapTexts } from './values.ts';

export interface LoadedTemplate {
  readonly template: Template;
  readonly graph: TemplateGraph;
  readonly scope: Scope;
  /** Values that must not be shown. Grows as secrets are resolved. */
  readonly secrets: Set<string>;
  /** Names of exports that were asked for so far. */
  readonly imports: Set<string>;
  /** The dynamic references that a check came upon, as their text. */
  readonly dynamicReferences: Set<string>;
}

export interface Loaded extends LoadedTemplate {
  readonly deployment: Deployment;
}

export interface StackIdentity {
  readonly id: string;
  readonly name: string;
}

export function loadDeployment(
  env: ServiceEnvironment,
  records: Records,
  stack: StackIdentity,
  deployment: Deployment,
): Loaded {
  const template = parseTemplate(records.template(stack.id, deployment.templateHash), {
    parameters: deployment.parameters,
    pseudo: pseudoOf(env, stack),
  });
  const resolved = resolveParameters(template, deployment.parameters);
  return {
    ...loadTemplate(env, records, stack, template, supplySsmValues(template, resolved, deployment.ssm)),
    deployment,
  };
}

export const pseudoOf = (env: ServiceEnvironment, stack: StackIdentity): Pseudo => ({
  accountId: env.accountId,
  region: env.region,
  ...partitionOf(env.region),
  stackName: stack.name,
  stackId: stack.id,
  notificationArns: [],
});

export const nothingToCome = (): ToCome => ({
  exports: new Map(),
  outputs: new Map(),
  parameters: new Map(),
  guesses: new Set(),
  parametersIn: () => new Map(),
});

export const outputKey = (stackName: string, outputName: string): string => `${stackName}/${outputName}`;

/** A template with the values of its parameters, whether it is to be deployed or only looked at. */
export function loadTemplate(
  env: ServiceEnvironment,
  records: Records,
  stack: StackIdentity,
  template: Template,
  parameters: Readonly<Record<string, string | readonly string[]>>,
  toCome: Pick<ToCome, 'exports' | 'outputs'> = nothingToCome(),
  tolerate?: AnalyseOptions['tolerate'],
): LoadedTemplate {
  const pseudo = pseudoOf(env, stack);
  const imports = new Set<string>();
  const scope = createScope(template, {
    parameters,
    pseudo,
    importValue(name) {
      imports.add(name);
      return records.exports.get(name)?.value ?? toCome.exports.get(name);
    },
    stackOutput({ stackName, outputName, region, roleArn }) {
      if (region !== env.region || roleArn !== undefined) return undefined;
      const there = records.findStack(stackName)?.outputs.find(({ key }) => key === outputName);
      return there?.value ?? toCome.outputs.get(outputKey(stackName, outputName));
    },
    availabilityZones,
  });
  const secrets = new Set(
    Object.entries(template.Parameters).flatMap(([name, { NoEcho }]) => {
      const value = NoEcho ? parameters[name] : undefined;
      return typeof value === 'string' ? [value] : [...(value ?? [])];
    }),
  );
  return {
    template,
    graph: analyse(template, { conditions: scope.conditions, ...(tolerate ? { tolerate } : {}) }),
    scope,
    secrets,
    imports,
    dynamicReferences: new Set(),
  };
}

/** What resources answer to Ref and Fn::GetAtt; undefined: not known. */
export type References = Pick<Scope, 'ref' | 'getAtt'>;

/** Values of dynamic references by their text; shared within one operation. */
export type DynamicValues = Pick<Map<string, string>, 'get' | 'set'>;

export async function resolveValue(
  value: Json,
  path: string,
  loaded: LoadedTemplate,
  references: References,
  dynamic: { readonly values: DynamicValues; readonly invoke: Invoke },
  env: ServiceEnvironment,
): Promise<Resolved> {
  for (;;) {
    const missing = new Map<string, DynamicReference>();
    const resolved = resolve(
      value,
      {
        ...loaded.scope,
        ...references,
        dynamicReference(reference) {
          const known = dynamic.values.get(reference.text);
          if (known === undefined) missing.set(reference.text, reference);
          return known;
        },
      },
      path,
    );
    if (missing.size === 0) return mapTexts(resolved, (text) => localUrls(text, env.endpoint));
    for (const [text, reference] of missing) {
      const found = await fetchDynamic(reference, dynamic.invoke);
      dynamic.values.set(text, found);
      if (reference.service !== 'ssm') loaded.secrets.add(found);
    }
  }
}

async function fetchDynamic(reference: DynamicReference, invoke: Invoke): Promise<string> {
  try {
    if (reference.service === 'secretsmanager') return await fetchSecret(reference, invoke);
    const answer = await invoke('ssm', 'GetParameter', {
      Name: reference.version ? `${reference.name}:${reference.version}` : reference.name,
      WithDecryption: reference.service === 'ssm-secure',
    });
    return answer.Parameter?.Value ?? '';
  } catch (error) {
    throw invalid(`Could not resolve the dynamic reference ${reference.text}: ${reasonOf(error)}`);
  }
}

async function fetchSecret(
  reference: DynamicReference & { service: 'secretsmanager' },
  invoke: Invoke,
): Promise<string> {
  const { SecretString } = await invoke('secretsmanager', 'GetSecretValue', {
    SecretId: reference.secretId,
    ...(reference.versionStage ? { VersionStage: reference.versionStage } : {}),
    ...(reference.versionId ? { VersionId: reference.versionId } : {}),
  });
  if (SecretString === undefined) throw new Error('the secret holds no text');
  if (!reference.jsonKey) return SecretString;
  const fields: unknown = JSON.parse(SecretString);
  const value =
    typeof fields === 'object' && fields !== null
      ? (fields as Record<string, unknown>)[reference.jsonKey]
      : undefined;
  if (value === undefined) throw new Error(`the secret has no key ${reference.jsonKey}`);
  return String(value);
}
