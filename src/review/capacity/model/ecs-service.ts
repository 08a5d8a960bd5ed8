/**
 * ECS services: workers of a queue (the one that the task role may receive from), or targets of a load balancer.
 * A service that is neither carries no load that the model knows of and is listed.
 */
import {
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  textAt,
  textsIn,
  valueAt,
} from '../../../architecture/index.ts';
import type { Call, Distribution, WorkersNode } from '../simulator/model.ts';
import { add, type Draft, link, notModelled, propertyOf, quantity, stated, unclear } from './context.ts';
import {
  balancerTimeout,
  fargateStart,
  gpuStart,
  jobsAtOnce,
  requestsAtOnce,
  requestTime,
  stopTimeout,
  taskOnInstanceStart,
  workTime,
} from './defaults.ts';
import { environmentOf } from './function.ts';
import type { Permissions } from './permissions.ts';
import { boundsOf } from './scaling.ts';

export interface Service {
  readonly resource: Resource;
  readonly task: Resource;
  readonly role: Resource | undefined;
  readonly takes: 'messages' | 'requests';
  readonly queue?: Resource;
  readonly because: string;
}

/** The services that carry load; the others are listed. */
export function servicesWithLoad(draft: Draft, permissions: Permissions): readonly Service[] {
  return draft.app.ofType('AWS::ECS::Service').flatMap((resource): Service[] => {
    const [task] = draft.app
      .namedIn(resource.properties.TaskDefinition)
      .filter(({ type }) => type === 'AWS::ECS::TaskDefinition');
    if (task === undefined) {
      notModelled(draft, resource, 'its task definition is not in this app');
      return [];
    }
    const role = draft.app.namedIn(task.properties.TaskRoleArn)[0];
    if (listAt(resource.properties, 'LoadBalancers').length > 0)
      return [{ resource, task, role, takes: 'requests', because: propertyOf(resource, 'LoadBalancers') }];
    const queue = queueOf(draft, permissions, resource, task, role);
    if (queue !== undefined)
      return [
        {
          resource,
          task,
          role,
          takes: 'messages',
          queue,
          because: `${role?.id ?? 'its role'} may sqs:ReceiveMessage`,
        },
      ];
    notModelled(
      draft,
      resource,
      'it is behind no load balancer, and its role may receive from no queue of this app',
    );
    return [];
  });
}

function queueOf(
  draft: Draft,
  permissions: Permissions,
  service: Resource,
  task: Resource,
  role: Resource | undefined,
): Resource | undefined {
  const told = new Set(environmentOf(task).flatMap((value) => draft.app.namedIn(value)));
  const may = draft.app
    .ofType('AWS::SQS::Queue')
    .filter((queue) => draft.built.has(queue.id) && permissions.may(role, ['sqs:ReceiveMessage'], queue.arn));
  const named = may.filter((queue) => told.has(queue));
  const isDeadLetter = (queue: Resource) =>
    draft.app
      .ofType('AWS::SQS::Queue')
      .some(({ properties }) => draft.app.namedIn(valueAt(properties, 'RedrivePolicy')).includes(queue));
  const choices = (named.length > 0 ? named : may).filter((queue) => !isDeadLetter(queue));
  const [first, ...others] = choices;
  for (const other of others)
    unclear(
      draft,
      service,
      `which queue it serves`,
      `it may also receive from ${other.name}; ${first?.name} is taken`,
    );
  return first;
}

export function buildService(draft: Draft, service: Service, calls: readonly Call[]): void {
  const { resource, task, takes, queue } = service;
  const given = draft.work(resource);
  const bounds = boundsOf(draft, resource, queue?.id);
  const desired = quantity(
    draft,
    resource,
    'DesiredCount',
    bounds?.min ?? stated(1, 'ECS: one, when not given'),
  );
  const min = bounds?.min ?? desired;
  const max = bounds?.max ?? desired;
  const within = Math.min(Math.max(desired.value, min.value), Math.max(max.value, min.value));
  const node: WorkersNode = {
    kind: 'workers',
    id: resource.id,
    takes:
      takes === 'messages' && queue !== undefined
        ? { kind: 'messages', queue: queue.id }
        : { kind: 'requests', timeout: balancerTimeout },
    min,
    desired: { ...desired, value: within },
    max: max.value < min.value ? min : max,
    startUp: given?.startUp ?? startOf(draft, resource, task),
    concurrency:
      given?.concurrency ?? (takes === 'messages' ? concurrencyIn(task, jobsAtOnce) : requestsAtOnce),
    service: given?.time ?? (takes === 'messages' ? workTime : requestTime),
    stopGrace: stopOf(draft, task),
    policies: bounds?.policies ?? [],
    calls,
    ...(given?.takesWhenFree === undefined ? {} : { takesWhenFree: given.takesWhenFree }),
    ...(given?.cpuPerSlot === undefined ? {} : { cpuPerSlot: given.cpuPerSlot }),
    ...(given?.failure === undefined ? {} : { failure: given.failure }),
    ...(given?.givesBack === undefined ? {} : { givesBack: given.givesBack }),
    ...(given?.interruptionsPerHour === undefined
      ? {}
      : { interruptionsPerHour: given.interruptionsPerHour }),
  };
  if (
    listAt(resource.properties, 'CapacityProviderStrategy').some(
      (entry) => textAt(entry, 'CapacityProvider') === 'FARGATE_SPOT',
    ) &&
    given?.interruptionsPerHour === undefined
  )
    unclear(
      draft,
      resource,
      'Spot interruptions',
      'AWS gives no rate; state interruptionsPerHour under load.work',
    );
  add(draft, node, resource);
  if (queue !== undefined)
    link(draft, { from: resource.id, to: queue.id, how: 'takes', because: service.because, assumed: false });
}

/** An environment variable named CONCURRENCY, WORKER_CONCURRENCY or the like says it. */
function concurrencyIn(task: Resource, fallback: typeof jobsAtOnce): typeof jobsAtOnce {
  for (const [index, container] of listAt(task.properties, 'ContainerDefinitions').entries())
    for (const [at2, variable] of listAt(container, 'Environment').entries()) {
      const name = textAt(variable, 'Name');
      const value = numberAt(variable, 'Value');
      if (
        typeof name === 'string' &&
        /(^|_)CONCURRENCY$/i.test(name) &&
        typeof value === 'number' &&
        value >= 1
      )
        return stated(value, propertyOf(task, `ContainerDefinitions.${index}.Environment.${at2}`));
    }
  return fallback;
}

function stopOf(draft: Draft, task: Resource) {
  const index = listAt(task.properties, 'ContainerDefinitions').findIndex(
    (entry) => valueAt(entry, 'StopTimeout') !== undefined,
  );
  return index < 0
    ? stopTimeout
    : quantity(draft, task, `ContainerDefinitions.${index}.StopTimeout`, stopTimeout);
}

export const needsGpu = (task: Resource): boolean =>
  listAt(task.properties, 'ContainerDefinitions').some((container) =>
    listAt(container, 'ResourceRequirements').some((entry) => textAt(entry, 'Type') === 'GPU'),
  );

function startOf(draft: Draft, service: Resource, task: Resource): Distribution {
  if (isFargate(service, task)) return fargateStart;
  if (needsGpu(task)) return gpuStart;
  draft.notes.add(
    `${service.name} runs on EC2 instances: the instances' own scaling is not part of the model.`,
  );
  return taskOnInstanceStart;
}

export function isFargate(service: Resource, task: Resource): boolean {
  const type = textAt(service.properties, 'LaunchType');
  if (type === 'FARGATE') return true;
  if (isUnresolved(type) || type === 'EC2' || type === 'EXTERNAL') return false;
  return (
    [...textsIn(service.properties.CapacityProviderStrategy)].some(({ text }) => /^FARGATE/.test(text)) ||
    [...textsIn(task.properties.RequiresCompatibilities)].some(({ text }) => text === 'FARGATE')
  );
}

/** vCPU and GB of a Fargate task. */
export function sizeOf(draft: Draft, task: Resource): { vcpu: number; gb: number; arm: boolean } | undefined {
  const cpu = numberAt(task.properties, 'Cpu');
  const memory = numberAt(task.properties, 'Memory');
  if (typeof cpu !== 'number' || typeof memory !== 'number') {
    unclear(draft, task, 'Cpu and Memory', 'the size of the task is not known');
    return undefined;
  }
  const arm = textAt(task.properties, 'RuntimePlatform.CpuArchitecture') === 'ARM64';
  return { vcpu: cpu / 1024, gb: memory / 1024, arm };
}
