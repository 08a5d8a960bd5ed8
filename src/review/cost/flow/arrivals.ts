/** How often something reaches a resource: what AWS wires to it, and what calls it with permission. */
import {
  callersOf,
  consumedBy,
  consumersOf,
  factsOf,
  namedAt,
  type Resource,
  type Trigger,
  triggersOf,
} from '../../../architecture/index.ts';
import type { Amount } from '../amount.ts';
import type { Flow } from '../pricers/model.ts';

export interface Arrival {
  readonly by: Resource;
  /** How often `by` does its work, and so reaches the resource. */
  readonly amount: Amount;
}

/**
 * Each source once. What takes messages out of a queue is no source of it: its work is those messages. Of what may call
 * everything of the kind, one alone counts; of several, permission does not tell which of them do.
 */
export function arrivalsOf(resource: Resource, flow: Flow): readonly Arrival[] {
  const { app } = flow;
  const found = new Map<Resource, Amount>();
  const add = (...candidates: readonly Resource[]) => {
    for (const by of candidates) {
      const amount = by === resource ? undefined : (found.get(by) ?? flow.workOf(by));
      if (amount === undefined) continue;
      found.set(by, amount);
      return;
    }
  };
  for (const trigger of triggersOf(app, resource)) if (counts(trigger, flow)) add(trigger.via, trigger.from);
  const { invokedBy, store } = factsOf(resource.type) ?? {};
  const takers = new Set(consumersOf(app, resource).map(({ compute }) => compute));
  const callers = callersOf(app, resource, invokedBy ?? store?.write ?? []).filter(
    ({ compute }) => !takers.has(compute),
  );
  for (const { compute, isNamed } of callers) if (isNamed || callers.length === 1) add(compute);
  return [...found].map(([by, amount]) => ({ by, amount }));
}

/** A destination of a function gets the results of asynchronous calls alone. */
function counts({ kind, from }: Trigger, { app }: Flow): boolean {
  if (kind === 'deployment') return false;
  const isDestination = kind === 'event' && factsOf(from.type)?.compute === true;
  return (
    !isDestination || triggersOf(app, from).some((one) => one.kind === 'event' || one.kind === 'schedule')
  );
}

/** Of tasks and instances: what reaches them, and what they take out of queues and streams by themselves. */
export function jobsOf(compute: Resource, flow: Flow): readonly Arrival[] {
  const taken = consumedBy(flow.app, compute).flatMap((by): readonly Arrival[] => {
    const amount = flow.workOf(by);
    return amount === undefined ? [] : [{ by, amount }];
  });
  return [...taken, ...arrivalsOf(compute, flow)];
}

/** The resource that the property names, and how often it does its work; undefined when that is not known. */
export function workNamedAt(resource: Resource, property: string, flow: Flow) {
  const [named] = namedAt(flow.app, resource, property);
  const amount = named === undefined ? undefined : flow.workOf(named.to);
  return named === undefined || amount === undefined ? undefined : { of: named.to, amount };
}
