/** The exact mode: one event per step of every request. Time grows with the number of requests, not with the days. */
import type { Window } from '../meters.ts';
import type { EntryResult, LoadProfile, NodeResult, SystemModel } from '../model.ts';
import { num } from '../quantity.ts';
import type { RateCurve } from '../rate-curve.ts';
import { ApiStation } from './api.ts';
import { context } from './context.ts';
import { DatabaseStation } from './database.ts';
import { FunctionStation } from './function.ts';
import { PollerStation } from './poller.ts';
import { PoolStation } from './pool.ts';
import { QueueStation } from './queue.ts';
import { Source } from './source.ts';

interface Measured {
  readonly stats: { readonly startWindow: () => void };
  readonly tick?: () => void;
  readonly result: () => NodeResult;
}

export interface Run {
  readonly entries: EntryResult[];
  readonly nodes: NodeResult[];
}

/** Undefined when it would take more than `mostEvents`. */
export function runExact(
  model: SystemModel,
  profile: LoadProfile,
  curves: readonly RateCurve[],
  window: Window,
  seed: number,
  mostEvents = Number.POSITIVE_INFINITY,
): Run | undefined {
  const shared = context(window, seed, unreserved(model));
  const { events, stations } = shared;
  const measured = new Map<string, Measured>();
  const queues = new Map<string, QueueStation>();
  const functions = new Map<string, FunctionStation>();
  for (const node of model.nodes) {
    if (node.kind === 'queue') queues.set(node.id, new QueueStation(node, shared));
    if (node.kind === 'function') functions.set(node.id, new FunctionStation(node, shared));
  }
  for (const node of model.nodes) {
    const queueId =
      node.kind === 'poller'
        ? node.queue
        : node.kind === 'workers' && node.takes.kind === 'messages'
          ? node.takes.queue
          : undefined;
    const queue = queueId === undefined ? undefined : queues.get(queueId);
    switch (node.kind) {
      case 'api': {
        const station = new ApiStation(node, shared);
        stations.set(node.id, station);
        measured.set(node.id, station);
        break;
      }
      case 'function':
      case 'queue': {
        const station = functions.get(node.id) ?? queues.get(node.id);
        if (!station) break;
        stations.set(node.id, station);
        measured.set(node.id, station);
        break;
      }
      case 'poller': {
        const target = functions.get(node.function);
        if (queue && target) measured.set(node.id, new PollerStation(node, shared, queue, target));
        break;
      }
      case 'workers':
      case 'endpoint': {
        const station = new PoolStation(node, shared, queue);
        stations.set(node.id, station);
        measured.set(node.id, station);
        break;
      }
      case 'database': {
        const station = new DatabaseStation(node, shared);
        stations.set(node.id, station);
        measured.set(node.id, station);
        break;
      }
    }
  }
  events.at(window.from, () => {
    for (const station of measured.values()) station.stats.startWindow();
  });
  const step = (window.to - window.from) / window.points / 2;
  const tick = () => {
    for (const station of measured.values()) station.tick?.();
    events.at(events.now + step, tick);
  };
  events.at(window.from, tick);
  const sources = profile.entries.flatMap((entry, i) => {
    const curve = curves[i];
    return curve ? [new Source(entry, curve, shared)] : [];
  });
  if (!events.run(window.to, mostEvents)) return undefined;
  return {
    entries: sources.map((source) => source.result()),
    nodes: [...measured.values()].map((station) => station.result()),
  };
}

/** What is left of the account's concurrency for functions without a reservation. */
export function unreserved(model: SystemModel): number {
  let rest = num(model.account?.concurrency, 1000);
  for (const node of model.nodes)
    if (node.kind === 'function') rest -= num(node.reservedConcurrency ?? node.provisionedConcurrency, 0);
  return Math.max(0, rest);
}
