/**
 * Nodes whose backlog grows: more waits in them at the end of the window than at its beginning, by more than chance
 * explains, or their consumers were busy all the time. There the load is above what the system can do.
 */
import type { TemplateModel } from '../model/build.ts';
import { receiversIn } from '../model/graph.ts';
import type { NodeResult, SimulationResult } from '../simulator/model.ts';

export interface GrowingBacklog {
  /** Where the work waits: a queue, workers behind a load balancer, an endpoint, a database. */
  readonly at: NodeResult;
  /** What does the work: the node itself, or the consumer of a queue. */
  readonly by: NodeResult;
  readonly perSecond: number;
}

export function growingBacklogs(model: TemplateModel, result: SimulationResult): readonly GrowingBacklog[] {
  const found: GrowingBacklog[] = [];
  const length = Math.max(result.to - result.from, 1);
  const byId = new Map(result.nodes.map((node) => [node.id, node]));
  for (const at of result.nodes) {
    const servers = serversOf(model, at.id).flatMap((id) => byId.get(id) ?? []);
    if (servers.length === 0) continue;
    const growth = at.totals.inFlightAtEnd - at.totals.inFlightAtStart;
    // The length of a stable queue varies by about the square root of the number that passed through it.
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
  if (node.kind === 'queue') return receiversIn(model.system.nodes, id);
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
