/** ECS services as workers. */
import {
  configurationOf,
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  textAt,
  textsIn,
  valueAt,
} from '../../../architecture/index.ts';
import type { Distribution } from '../simulator/model.ts';
import { type Draft, notModelled, propertyOf, quantity, stated, unclear } from './context.ts';
import { fargateStart, gpuStart, jobsAtOnce, stopTimeout, taskOnInstanceStart } from './defaults.ts';
import { boundsOf } from './scaling.ts';
import { addWorkers, type Workers, workersOf } from './workers.ts';

/** The services that carry load; the others are listed. */
export const servicesWithLoad = (draft: Draft): readonly Workers[] =>
  draft.app.ofType('AWS::ECS::Service').flatMap((resource) => {
    if (configurationOf(draft.app, resource) !== resource)
      return workersOf(draft, resource, 'LoadBalancers') ?? [];
    notModelled(draft, resource, 'its task definition is not in this app');
    return [];
  });

export function buildService(draft: Draft, service: Workers): void {
  const { resource, configuration: task, queue } = service;
  const bounds = boundsOf(draft, resource, queue?.id);
  const one = stated(1, 'ECS: one, when not given');
  const desired = quantity(draft, resource, 'DesiredCount', bounds?.min ?? one);
  addWorkers(draft, service, {
    min: bounds?.min ?? desired,
    desired,
    max: bounds?.max ?? desired,
    startUp: startOf(draft, resource, task),
    jobsAtOnce: concurrencyIn(task, jobsAtOnce),
    stopGrace: stopOf(draft, task),
    policies: bounds?.policies ?? [],
  });
  if (isOnSpot(resource) && draft.work(resource)?.interruptionsPerHour === undefined)
    unclear(
      draft,
      resource,
      'Spot interruptions',
      'AWS gives no rate; state interruptionsPerHour under load.work',
    );
}

export const isOnSpot = (service: Resource): boolean =>
  listAt(service.properties, 'CapacityProviderStrategy').some(
    (entry) => textAt(entry, 'CapacityProvider') === 'FARGATE_SPOT',
  );

/** An environment variable named CONCURRENCY, WORKER_CONCURRENCY or the like says it. */
function concurrencyIn(task: Resource, fallback: typeof jobsAtOnce): typeof jobsAtOnce {
  for (const [index, container] of listAt(task.properties, 'ContainerDefinitions').entries())
    for (const [place, variable] of listAt(container, 'Environment').entries()) {
      const name = textAt(variable, 'Name');
      const value = numberAt(variable, 'Value');
      if (
        typeof name === 'string' &&
        /(^|_)CONCURRENCY$/i.test(name) &&
        typeof value === 'number' &&
        value >= 1
      )
        return stated(value, propertyOf(task, `ContainerDefinitions.${index}.Environment.${place}`));
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

const needsGpu = (task: Resource): boolean =>
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
