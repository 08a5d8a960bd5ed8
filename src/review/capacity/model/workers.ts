/**
 * What ECS services and Auto Scaling groups have in common as workers: they take requests from a load balancer, or
 * messages from a queue that their role may receive from. What does neither carries no load that the model knows of.
 */
import {
  configurationOf,
  consumedBy,
  consumersOf,
  isDeadLetterQueue,
  listAt,
  type Resource,
  toldOf,
} from '../../../architecture/index.ts';
import type { Distribution, Quantity, ScalingPolicy, Sourced, WorkersNode } from '../simulator/model.ts';
import { add, type Draft, link, notModelled, propertyOf, unclear } from './context.ts';
import { balancerTimeout, jobsAtOnce, requestsAtOnce, requestTime, workTime } from './defaults.ts';
import { listConditions } from './permission.ts';

export interface Workers {
  readonly resource: Resource;
  /** The task definition or launch template; the resource itself when that is not in the app. */
  readonly configuration: Resource;
  /** Absent: they take requests. */
  readonly queue?: Resource;
  /** Why they take from there. */
  readonly because: string;
}

/** @param balancers the property that names target groups or load balancers */
export function workersOf(draft: Draft, resource: Resource, balancers: string): Workers | undefined {
  const configuration = configurationOf(draft.app, resource);
  if (listAt(resource.properties, balancers).length > 0)
    return { resource, configuration, because: propertyOf(resource, balancers) };
  const served = queueServedBy(draft, resource);
  if (served !== undefined) return { resource, configuration, ...served };
  notModelled(
    draft,
    resource,
    'it is behind no load balancer, and its role may receive from no queue of this app',
  );
  return undefined;
}

/** Of several that it may receive from, one that its environment names. */
function queueServedBy(
  draft: Draft,
  compute: Resource,
): (Pick<Workers, 'because'> & { queue: Resource }) | undefined {
  const { app } = draft;
  const told = new Set(toldOf(app, compute));
  const receiving = consumedBy(app, compute).flatMap((queue) => {
    if (draft.built.get(queue.id)?.node.kind !== 'queue' || isDeadLetterQueue(app, queue)) return [];
    const consumer = consumersOf(app, queue).find((one) => one.compute === compute);
    return consumer?.how === 'permission' ? [{ queue, caller: consumer.caller }] : [];
  });
  const named = receiving.filter(({ queue }) => told.has(queue));
  const [first, ...others] = named.length > 0 ? named : receiving;
  if (first === undefined) return undefined;
  const { queue, caller } = first;
  for (const { queue: other } of others)
    unclear(
      draft,
      compute,
      'which queue it serves',
      `it may also receive from ${other.name}; ${queue.name} is taken`,
    );
  listConditions(draft, compute, caller.action, queue, caller.answer);
  return { queue, because: `${caller.role.id} may ${caller.action}` };
}

interface WorkersParts {
  readonly min: Sourced;
  readonly desired: Sourced;
  readonly max: Sourced;
  readonly startUp: Distribution;
  readonly jobsAtOnce?: Quantity;
  readonly stopGrace?: Quantity;
  readonly policies: readonly ScalingPolicy[];
}

/** Adds the node, without its calls. */
export function addWorkers(draft: Draft, { resource, queue, because }: Workers, parts: WorkersParts): void {
  const given = draft.work(resource);
  const { min, desired, policies, stopGrace } = parts;
  const max = parts.max.value < min.value ? min : parts.max;
  const node: WorkersNode = {
    kind: 'workers',
    id: resource.id,
    takes:
      queue === undefined
        ? { kind: 'requests', timeout: balancerTimeout }
        : { kind: 'messages', queue: queue.id },
    min,
    desired: { ...desired, value: Math.min(Math.max(desired.value, min.value), max.value) },
    max,
    startUp: given?.startUp ?? parts.startUp,
    concurrency:
      given?.concurrency ?? (queue === undefined ? requestsAtOnce : (parts.jobsAtOnce ?? jobsAtOnce)),
    service: given?.time ?? (queue === undefined ? requestTime : workTime),
    ...(stopGrace === undefined ? {} : { stopGrace }),
    policies,
    calls: [],
    ...(given?.takesWhenFree === undefined ? {} : { takesWhenFree: given.takesWhenFree }),
    ...(given?.cpuPerSlot === undefined ? {} : { cpuPerSlot: given.cpuPerSlot }),
    ...(given?.failure === undefined ? {} : { failure: given.failure }),
    ...(given?.givesBack === undefined ? {} : { givesBack: given.givesBack }),
    ...(given?.interruptionsPerHour === undefined
      ? {}
      : { interruptionsPerHour: given.interruptionsPerHour }),
  };
  add(draft, node, resource);
  if (queue !== undefined)
    link(draft, { from: resource.id, to: queue.id, how: 'takes', because, assumed: false });
}
