/**
 * Where a request, or what it leaves behind, goes on from a resource: from code to the data that it may touch, from a
 * queue or topic to its consumers, from a load balancer to what stands behind it.
 */
import { mayDo } from '../access/may-do.ts';
import type { Answer } from '../access/model.ts';
import { describeStatement } from '../access/policy.ts';
import { storeActions, storeKind } from '../access/stores.ts';
import { type Evidence, evidenceAt } from '../app/evidence.ts';
import type { Architecture, Resource } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import type { AccessLevel, TriggerKind } from '../types/facts.ts';
import { factsOf } from '../types/lookup.ts';
import { consumersOf } from './callers.ts';
import { groupIdsOf, networkOf } from './network.ts';
import { partsOf } from './parts.ts';
import { configurationOf, toldOf } from './runs-as.ts';
import { standsFor, type Trigger, triggeredBy } from './triggers.ts';

export interface Step {
  readonly to: Resource;
  /** As a verb: `may write`, `delivers to`, `is read by`. */
  readonly by: string;
  readonly opens: Evidence;
  /** What the step gives on a store; absent for what is not one. */
  readonly access?: readonly AccessLevel[];
}

const verbs: Readonly<Record<TriggerKind, string>> = {
  request: 'calls',
  authorize: 'asks',
  event: 'delivers to',
  poll: 'is polled for',
  schedule: 'sets off',
  deployment: 'sets off',
};

function triggered({ kind, to, wires }: Trigger): Step[] {
  const wire = wires.at(-1);
  if (wire === undefined || kind === 'deployment' || kind === 'authorize') return [];
  const opens = evidenceAt(wire.via, wire.property, `${wire.property.split('.').at(-1)}: ${to.name}`);
  const access: { access?: readonly AccessLevel[] } =
    storeKind(to) === undefined ? {} : { access: ['write'] };
  return [{ to, by: verbs[kind], opens, ...access }];
}

const isSure = ({ allowed }: Answer): boolean => allowed === 'yes' || allowed === 'conditions';

const allowedBy = (action: string, { statement, policy }: Answer, role: Resource): Evidence => ({
  at: statement?.path ?? policy?.path ?? role.id,
  shows: statement === undefined ? `${action} is allowed` : describeStatement(statement),
});

/** Kinds of stores that hold no data of the app: a flow through code does not end there. */
const notData = new Set(['key', 'log-group', 'repository']);
const levels = ['read', 'write', 'admin'] as const;

const stores = oncePerApp((app) => app.resources.filter((resource) => storeKind(resource) !== undefined));

function permitted(app: Architecture, who: Resource): Step[] {
  return stores(app).flatMap((to): Step[] => {
    if (notData.has(storeKind(to) ?? '')) return [];
    const given = storeActions(to).flatMap(({ action, level }) => {
      const answer = mayDo(app, who, action, to);
      return isSure(answer) ? [{ action, level, answer }] : [];
    });
    const access = levels.filter((level) => given.some((one) => one.level === level));
    // By writing first: it is what can do harm.
    const [first] = [...given].sort((a, b) => Number(b.level === 'write') - Number(a.level === 'write'));
    if (first === undefined) return [];
    return [
      { to, by: `may ${access.join(', ')}`, opens: allowedBy(first.action, first.answer, who), access },
    ];
  });
}

/** By the network: a database lets in whoever is in a group that it admits. */
function connected(app: Architecture, compute: Resource): Step[] {
  const network = networkOf(app);
  const from = network.groups([compute, configurationOf(app, compute)].flatMap(groupIdsOf));
  if (from.length === 0) return [];
  return stores(app).flatMap((to): Step[] => {
    const rule = network.admits(network.groups([to, ...partsOf(app, to)].flatMap(groupIdsOf)), from);
    if (rule === undefined) return [];
    const shows = `admits ${from.map(({ logicalId }) => logicalId).join(', ')}`;
    return [{ to, by: 'may connect to', opens: { at: rule.path, shows }, access: ['read', 'write'] }];
  });
}

/** Functions and state machines that the compute is told of and may start. */
function started(app: Architecture, compute: Resource): Step[] {
  return toldOf(app, compute).flatMap((named): Step[] => {
    const to = standsFor(app, named);
    for (const action of factsOf(to.type)?.invokedBy ?? []) {
      const answer = mayDo(app, compute, action, to);
      if (isSure(answer) && to !== compute)
        return [{ to, by: 'may start', opens: allowedBy(action, answer, compute) }];
    }
    return [];
  });
}

/** Code that takes work out of a queue or a stream by itself, such as a worker on Fargate. */
const takers = (app: Architecture, store: Resource): Step[] =>
  consumersOf(app, store).flatMap((consumer): Step[] => {
    if (consumer.how === 'mapping') return [];
    const { compute, action, answer, role } = consumer.caller;
    return [{ to: compute, by: 'is read by', opens: allowedBy(action, answer, role) }];
  });

const outOf = oncePerApp(() => new Map<Resource, readonly Step[]>());

/** One step on from code, from a step on the way, or from a store that was written to. */
function stepsFrom(app: Architecture, from: Resource): readonly Step[] {
  const known = outOf(app).get(from);
  if (known !== undefined) return known;
  const isStore = storeKind(from) !== undefined;
  const steps = [
    ...triggeredBy(app, from).flatMap(triggered),
    ...(isStore
      ? takers(app, from)
      : [...permitted(app, from), ...connected(app, from), ...started(app, from)]),
  ].filter(({ to }) => to !== from);
  outOf(app).set(from, steps);
  return steps;
}

/** What lies directly behind one route, method or listener of an entry, or behind one property of it. */
export const stepsBehind = (
  app: Architecture,
  entry: Resource,
  via: Resource,
  property = '',
): readonly Step[] =>
  triggeredBy(app, entry)
    .filter(({ wires }) => wires.some((wire) => wire.via === via && wire.property.startsWith(property)))
    .flatMap(triggered);

/** Longer ways are real but say nothing more. */
const longest = 10;
const passesOnLater = new Set(['queue', 'topic', 'stream', 'event-bus']);

interface FlowStart {
  readonly resource: Resource;
  /** What lies directly behind it, where that does not follow from the resource alone: of an API's route. */
  readonly first: readonly Step[];
  readonly writes: boolean;
  /** Of a start that is a store: what it gives. */
  readonly access?: readonly AccessLevel[];
}

/** A way from the start to where data lies, or to where it ends without any. */
interface DataFlow {
  /** Without the start itself. */
  readonly steps: readonly Step[];
  readonly to: Resource;
  /** What the last step gives. */
  readonly access: readonly AccessLevel[];
  /** Code lies on the way. */
  readonly throughCode: boolean;
  /** It waits in a queue, topic, stream or bus on the way. */
  readonly asynchronous: boolean;
}

const isCode = ({ type }: Resource): boolean => factsOf(type)?.compute === true;

/**
 * Follows a request from where it comes in to every store that it may touch, by the shortest way.
 * @param endsAt where to go no further, such as another entry
 */
export function dataFlowsFrom(
  app: Architecture,
  start: FlowStart,
  endsAt: (resource: Resource) => boolean = () => false,
): readonly DataFlow[] {
  const begin: DataFlow = {
    steps: [],
    to: start.resource,
    access: [],
    throughCode: false,
    asynchronous: false,
  };
  /** With what was already found to be possible there: a later way counts when it allows more. */
  const seen = new Map<Resource, Set<AccessLevel>>([[start.resource, new Set(start.access)]]);
  const open: DataFlow[] = [];
  const found: DataFlow[] = [];
  const go = (from: DataFlow, step: Step) => {
    const { to, access = [] } = step;
    const known = seen.get(to);
    if (known !== undefined && access.every((level) => known.has(level))) return;
    seen.set(to, new Set([...(known ?? []), ...access]));
    open.push({
      steps: [...from.steps, step],
      to,
      access,
      throughCode: from.throughCode || isCode(from.to),
      asynchronous:
        from.asynchronous || (from.to !== start.resource && passesOnLater.has(storeKind(from.to) ?? '')),
    });
  };
  const own = storeKind(start.resource);
  if (own !== undefined) found.push({ ...begin, access: start.access ?? [] });
  for (const step of start.first) go(begin, step);
  if (isCode(start.resource) || (own !== undefined && start.writes))
    for (const step of stepsFrom(app, start.resource)) go(begin, step);
  for (let here = open.shift(); here !== undefined; here = open.shift()) {
    const kind = storeKind(here.to);
    const canGoOn = here.steps.length < longest - 1 && !endsAt(here.to);
    const isWritten = here.access.includes('write') || (here.access.length === 0 && start.writes);
    // Where it has already been, such as the queue that the worker reads, is not further on.
    const been = new Set([start.resource, ...here.steps.map(({ to }) => to)]);
    const further =
      canGoOn && (kind === undefined || isWritten)
        ? stepsFrom(app, here.to).filter(({ to }) => !been.has(to))
        : [];
    for (const step of further) go(here, step);
    if (kind !== undefined || further.length === 0) found.push(here);
  }
  return found;
}
