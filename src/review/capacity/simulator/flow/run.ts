/** The flow mode: time slots, in each of which every node moves on by its expectation. Time does not grow with load. */
import { type Client, context, type Station } from '../exact/context.ts';
import { type Run, unreserved } from '../exact/run.ts';
import type { Window } from '../meters.ts';
import type { Call, LoadProfile, NodeResult, SystemModel } from '../model.ts';
import type { RateCurve } from '../rate-curve.ts';
import { FlowApi } from './api.ts';
import { FlowDatabase } from './database.ts';
import { FlowFunction } from './function.ts';
import { FlowPoller } from './poller.ts';
import { FlowPool } from './pool.ts';
import { FlowQueue } from './queue.ts';
import { FlowSource } from './source.ts';
import type { FlowStation } from './station.ts';

/** Probe requests per run: p99 within 0.02 % of probability, and a run of seconds. Fewer when there are few requests. */
const mostProbes = 200_000;
const fewestProbes = 5_000;

/** Slots are a 86,400th of the time, between 0.1 s and 5 s: a day in seconds, an hour in tenths. */
const slotLength = (duration: number): number => Math.min(5, Math.max(0.1, duration / 86_400));

export function runFlow(
  model: SystemModel,
  profile: LoadProfile,
  curves: readonly RateCurve[],
  window: Window,
  seed: number,
): Run {
  const shared = context(window, seed, unreserved(model));
  const slots = Math.ceil(window.to / slotLength(window.to));
  const length = window.to / slots;
  const stations = new Map<string, FlowStation>();
  const functions = new Map<string, FlowFunction>();
  const queues = new Map<string, FlowQueue>();
  const measured = new Map<
    string,
    { readonly stats: { readonly startWindow: () => void }; readonly result: () => NodeResult }
  >();
  const clients = new Map<string, Client>();
  for (const node of model.nodes) {
    if (node.kind === 'queue') queues.set(node.id, new FlowQueue(node, shared, stations, length));
    if (node.kind === 'function') functions.set(node.id, new FlowFunction(node, shared, stations, length));
  }
  for (const node of model.nodes) {
    let station: FlowStation | undefined;
    switch (node.kind) {
      case 'api':
        station = new FlowApi(node, shared, stations);
        break;
      case 'function':
        station = functions.get(node.id);
        break;
      case 'queue':
        station = queues.get(node.id);
        break;
      case 'poller': {
        const queue = queues.get(node.queue);
        const target = functions.get(node.function);
        if (queue && target) measured.set(node.id, new FlowPoller(node, shared, queue, target));
        break;
      }
      case 'workers':
      case 'endpoint': {
        const takes =
          node.kind === 'workers' && node.takes.kind === 'messages' ? node.takes.queue : undefined;
        const pool = new FlowPool(
          node,
          shared,
          stations,
          takes === undefined ? undefined : queues.get(takes),
        );
        clients.set(node.id, pool.client);
        station = pool;
        break;
      }
      case 'database':
        station = new FlowDatabase(node, shared, () => callers(model, node.id, clients));
        break;
    }
    const own = functions.get(node.id);
    if (own) clients.set(node.id, own.client);
    if (!station) continue;
    const made: Station & FlowStation = station;
    stations.set(node.id, made);
    shared.stations.set(node.id, made);
    measured.set(node.id, made);
  }
  const total = curves.reduce((sum, curve) => sum + curve.total(), 0);
  const probes = Math.min(mostProbes, Math.max(fewestProbes, total));
  const sources = profile.entries.flatMap((entry, i) => {
    const curve = curves[i];
    const target = stations.get(entry.to);
    return curve && target
      ? [new FlowSource(entry, curve, shared, target, Math.max(total, 1) / probes, length)]
      : [];
  });
  const order = ordered(model).flatMap((id) => stations.get(id) ?? []);
  let marked = false;
  for (let slot = 0; slot < slots; slot++) {
    const now = slot * length;
    if (!marked && now >= window.from) {
      marked = true;
      for (const station of measured.values()) station.stats.startWindow();
    }
    for (const source of sources) source.step(now, length);
    for (const station of order) station.step(now, length);
    shared.account.used = 0;
    shared.account.offered = 0;
    for (const own of functions.values()) {
      shared.account.used += own.used();
      shared.account.offered += own.offered();
    }
    shared.events.run(now + length);
  }
  return {
    entries: sources.map((source) => source.result()),
    nodes: model.nodes.flatMap((node) => measured.get(node.id)?.result() ?? []),
  };
}

const callsOf = (model: SystemModel, id: string): readonly Call[] => {
  const node = model.nodes.find((candidate) => candidate.id === id);
  if (node?.kind === 'api') return node.routes.flatMap((route) => route.calls);
  return node?.kind === 'function' || node?.kind === 'workers' ? (node.calls ?? []) : [];
};

function callers(model: SystemModel, id: string, clients: ReadonlyMap<string, Client>): Client[] {
  return model.nodes.flatMap((node) => {
    const client = clients.get(node.id);
    return client && callsOf(model, node.id).some((call) => call.to === id) ? [client] : [];
  });
}

/** Callers before those they call; queues before the functions and workers that consume them. */
function ordered(model: SystemModel): string[] {
  const seen = new Set<string>();
  const result: string[] = [];
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const call of callsOf(model, id)) visit(call.to);
    for (const node of model.nodes) {
      if (node.kind === 'poller' && node.queue === id) visit(node.function);
      if (node.kind === 'workers' && node.takes.kind === 'messages' && node.takes.queue === id)
        visit(node.id);
    }
    result.push(id);
  };
  for (const node of model.nodes) visit(node.id);
  return result.reverse();
}
