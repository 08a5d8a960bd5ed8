/**
 * Whether work piles up: more waits in a node at the end of the window than at its beginning, by more than chance
 * explains, or those who serve it had no free moment. Where it does, the load is above what the system can do.
 */
import type { TemplateModel } from '../model/build.ts';
import type { NodeResult, SimulationResult } from '../simulator/model.ts';

export interface Piling {
  /** Where the work waits: a queue, workers behind a load balancer, an endpoint, a database. */
  readonly at: NodeResult;
  /** Who serves it; the node itself, or the consumer of a queue. */
  readonly by: NodeResult;
  readonly perSecond: number;
}

export function pilingUp(model: TemplateModel, result: SimulationResult): readonly Piling[] {
  const found: Piling[] = [];
  const length = Math.max(result.to - result.from, 1);
  const byId = new Map(result.nodes.map((node) => [node.id, node]));
  for (const at of result.nodes) {
    const servers = serversOf(model, at.id).flatMap((id) => byId.get(id) ?? []);
    if (servers.length === 0) continue;
    const growth = at.totals.inFlightAtEnd - at.totals.inFlightAtStart;
    // A line that is served well wanders by about the root of what passed through it.
    const chance = 5 + 3 * Math.sqrt(2 * at.totals.arrivals);
    const by = servers.reduce((a, b) =>
      meanOf(b.series.utilisation) > meanOf(a.series.utilisation) ? b : a,
    );
    const allBusy = meanOf(by.series.utilisation) > 0.995 && growth > 5;
    if (growth > chance || allBusy) found.push({ at, by, perSecond: growth / length });
  }
  return found;
}

function serversOf(model: TemplateModel, id: string): readonly string[] {
  const node = model.built.get(id)?.node;
  if (node === undefined) return [];
  if (node.kind === 'queue') {
    const consumers = model.system.nodes.flatMap((other) =>
      other.kind === 'poller' && other.queue === id
        ? [other.function]
        : other.kind === 'workers' && other.takes.kind === 'messages' && other.takes.queue === id
          ? [other.id]
          : [],
    );
    return consumers;
  }
  const serves =
    (node.kind === 'workers' && node.takes.kind === 'requests') ||
    node.kind === 'endpoint' ||
    node.kind === 'database';
  return serves ? [id] : [];
}

export const meanOf = (values: readonly number[] | undefined): number =>
  values === undefined || values.length === 0
    ? 0
    : values.reduce((sum, value) => sum + value, 0) / values.length;
