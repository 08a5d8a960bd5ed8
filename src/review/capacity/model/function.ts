/** Lambda functions. Those that run only while a stack is deployed (custom resources) carry no load and are left out. */
import {
  deadLettersOf,
  isDeploymentMachinery,
  isUnresolved,
  namedAt,
  numberAt,
  type Resource,
  standsFor,
  textAt,
} from '../../../architecture/index.ts';
import type { FunctionNode, Sourced } from '../simulator/model.ts';
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
import { receives } from './triggers.ts';

/** AWS SAM's functions are not here: they become functions only when AWS transforms the template. */
export function functionsWithLoad(draft: Draft): readonly Resource[] {
  return draft.app.ofType('AWS::Lambda::Function').filter((resource) => {
    if (!isDeploymentMachinery(draft.app, resource)) return true;
    notModelled(draft, resource, 'it runs only while the stack is deployed (custom resource)');
    return false;
  });
}

export function buildFunction(draft: Draft, resource: Resource): void {
  const given = draft.work(resource);
  const runtime = textAt(resource.properties, 'Runtime');
  const reserved = quantity(draft, resource, 'ReservedConcurrentExecutions', undefined);
  const provisioned = provisionedOf(draft, resource);
  const deadLetter = deadLettersOf(draft.app, resource).find(({ to }) => receives(draft, to))?.to;
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
    calls: [],
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
  const holders = new Set(resource.usedBy.map(({ to }) => to));
  const found = [...holders].flatMap((holder) => {
    if (standsFor(draft.app, holder) !== resource) return [];
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

const invokeConfigOf = (draft: Draft, resource: Resource): Resource | undefined =>
  draft.app
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find((config) =>
      namedAt(draft.app, config, 'FunctionName').some(({ to }) => standsFor(draft.app, to) === resource),
    );
