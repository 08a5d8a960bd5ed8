/** Lambda functions. Those that run only while a stack is deployed (custom resources) carry no load and are left out. */
import {
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  textAt,
  valueAt,
} from '../../../architecture/index.ts';
import type { Call, FunctionNode, Sourced } from '../simulator/model.ts';
import { add, type Draft, notModelled, quantity } from './context.ts';
import {
  asyncAge,
  asyncRetries,
  coldStart,
  functionMemory,
  functionTime,
  functionTimeout,
  keepWarm,
} from './defaults.ts';

/** AWS SAM's functions are not here: they become functions only when AWS transforms the template. */
export function functionsWithLoad(draft: Draft): readonly Resource[] {
  const operational = deploymentOnly(draft);
  return draft.app.ofType('AWS::Lambda::Function').filter((resource) => {
    if (!operational.has(resource)) return true;
    notModelled(draft, resource, 'it runs only while the stack is deployed (custom resource)');
    return false;
  });
}

export function buildFunction(draft: Draft, resource: Resource, calls: readonly Call[]): void {
  const given = draft.work(resource);
  const runtime = textAt(resource.properties, 'Runtime');
  const reserved = quantity(draft, resource, 'ReservedConcurrentExecutions', undefined);
  const provisioned = provisionedOf(draft, resource);
  const deadLetter = failureTarget(draft, resource);
  const invoke = invokeConfigOf(draft, resource);
  const retries = invoke && quantity(draft, invoke, 'MaximumRetryAttempts', undefined);
  const age = invoke && quantity(draft, invoke, 'MaximumEventAgeInSeconds', undefined);
  const node: FunctionNode = {
    kind: 'function',
    id: resource.id,
    memoryMb: quantity(draft, resource, 'MemorySize', functionMemory),
    timeout: quantity(draft, resource, 'Timeout', functionTimeout),
    service: given?.time ?? functionTime,
    coldStart: given?.coldStart ?? coldStart(isUnresolved(runtime) ? undefined : runtime),
    keepWarm: given?.keepWarm ?? keepWarm,
    ...(reserved === undefined ? {} : { reservedConcurrency: reserved }),
    ...(provisioned === undefined
      ? {}
      : {
          // AWS refuses more provisioned than reserved; a template that asks for it fails to deploy.
          provisionedConcurrency:
            reserved !== undefined && reserved.value < provisioned.value
              ? { ...provisioned, value: reserved.value }
              : provisioned,
        }),
    ...(given?.failure === undefined ? {} : { failure: given.failure }),
    calls,
    async: {
      retries: retries ?? asyncRetries,
      maxAge: age ?? asyncAge,
      ...(deadLetter === undefined ? {} : { deadLetter: deadLetter.id }),
    },
  };
  add(draft, node, resource);
}

/** Of its aliases and versions together. */
function provisionedOf(draft: Draft, resource: Resource): Sourced | undefined {
  const holders = draft.app
    .ofType('AWS::Lambda::Alias', 'AWS::Lambda::Version')
    .filter(({ properties }) => functionOf(draft, properties.FunctionName) === resource);
  const found = holders.flatMap((holder) => {
    const path = ['ProvisionedConcurrencyConfig', 'ProvisionedConcurrencyConfiguration']
      .map((name) => `${name}.ProvisionedConcurrentExecutions`)
      .find((name) => numberAt(holder.properties, name) !== undefined);
    const value = path === undefined ? undefined : quantity(draft, holder, path, undefined);
    return value === undefined ? [] : [value];
  });
  if (found.length === 0) return undefined;
  const total = found.reduce((sum, { value }) => sum + value, 0);
  return { value: total, source: found.map(({ source }) => source).join(', ') };
}

/** The function that an ARN, a name, an alias or a version speaks of. */
export function functionOf(draft: Pick<Draft, 'app'>, value: Resource['properties'][string] | undefined) {
  for (const found of draft.app.namedIn(value)) {
    if (found.type === 'AWS::Lambda::Function') return found;
    if (found.type === 'AWS::Lambda::Alias' || found.type === 'AWS::Lambda::Version') {
      const behind: Resource | undefined = draft.app
        .namedIn(found.properties.FunctionName)
        .find(({ type }) => type === 'AWS::Lambda::Function');
      if (behind !== undefined) return behind;
    }
  }
  return undefined;
}

const invokeConfigOf = (draft: Draft, resource: Resource): Resource | undefined =>
  draft.app
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find(({ properties }) => functionOf(draft, properties.FunctionName) === resource);

/** The queue for events that failed for good. */
export function failureTarget(draft: Draft, resource: Resource): Resource | undefined {
  const invoke = invokeConfigOf(draft, resource);
  const targets = [
    valueAt(resource.properties, 'DeadLetterConfig.TargetArn'),
    valueAt(invoke?.properties, 'DestinationConfig.OnFailure.Destination'),
  ].flatMap((value) => draft.app.namedIn(value));
  return targets.find(({ type, id }) => type === 'AWS::SQS::Queue' && draft.built.has(id));
}

function deploymentOnly(draft: Draft): ReadonlySet<Resource> {
  const { app } = draft;
  const found = new Set<Resource>();
  for (const resource of app.resources) {
    if (!resource.type.startsWith('Custom::') && resource.type !== 'AWS::CloudFormation::CustomResource')
      continue;
    const handler = functionOf(draft, resource.properties.ServiceToken);
    if (handler !== undefined) found.add(handler);
  }
  // The CDK's provider framework calls the app's own handlers, which nothing else may call.
  for (const framework of [...found])
    for (const handler of app.namedIn(valueAt(framework.properties, 'Environment.Variables')))
      if (handler.type === 'AWS::Lambda::Function' && !isTriggered(draft, handler)) found.add(handler);
  for (const handler of app.ofType('AWS::Lambda::Function'))
    if (/framework-(isTimeout|onTimeout)$/.test(handler.constructPath?.replace(/\/Resource$/, '') ?? ''))
      found.add(handler);
  return found;
}

const isTriggered = (draft: Draft, handler: Resource): boolean =>
  draft.app
    .ofType('AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Url')
    .some(({ properties }) =>
      ['FunctionName', 'TargetFunctionArn'].some((name) => functionOf(draft, properties[name]) === handler),
    );

export const environmentOf = (resource: Resource) =>
  resource.type === 'AWS::Lambda::Function'
    ? [valueAt(resource.properties, 'Environment.Variables')]
    : listAt(resource.properties, 'ContainerDefinitions').flatMap((container) => [
        valueAt(container, 'Environment'),
        valueAt(container, 'Secrets'),
      ]);
