/** What breaks first, in a simulation that does not hold: the node at fault, why, and the figures that show it. */
import { formatDuration } from '../../../core/duration.ts';
import { round } from '../../inputs/units.ts';
import type { Load } from '../load/index.ts';
import type { TemplateModel } from '../model/build.ts';
import { callsIn } from '../model/graph.ts';
import type { BreakingPoint, BreakingReason } from '../report.ts';
import type { NodeResult, SimulationResult, SystemNode } from '../simulator/model.ts';
import { num } from '../simulator/quantity.ts';
import { type GrowingBacklog, growingBacklogs, meanOf } from './backlog-growth.ts';
import { deadLetters, errorsIn, objectivesOf } from './objectives.ts';

export function firstBreak(
  model: TemplateModel,
  load: Load,
  result: SimulationResult,
  missed: readonly string[],
): BreakingPoint {
  const piles = growingBacklogs(model, result);
  // The one furthest down the chain of calls: those before it only wait for it.
  const pile =
    piles.find(({ by }) => !piles.some((other) => other.by !== by && reaches(model, by.id, other.by.id))) ??
    piles[0];
  // Its consumers are not fully busy, so it grows because failures bring messages back.
  const failed =
    pile !== undefined && meanOf(pile.by.series.utilisation) < 0.9
      ? ofErrors(model, result, missed)
      : undefined;
  if (failed !== undefined) return failed;
  if (pile !== undefined) return ofPile(model, pile, missed);
  const byErrors =
    ofErrors(model, result, missed) ??
    // However few errors led to dead letters, they break an objective that allows none.
    (missesDeadLetters(model, load, result) ? ofErrors(model, result, missed, 0) : undefined);
  return byErrors ?? ofSlowness(model, result, missed);
}

const missesDeadLetters = (model: TemplateModel, load: Load, result: SimulationResult): boolean =>
  objectivesOf(model, load, result).some(
    ({ objective, verdict }) => objective.kind === 'dead-letters-at-most' && verdict === 'missed',
  );

function ofPile(
  model: TemplateModel,
  { at, by, perSecond }: GrowingBacklog,
  missed: readonly string[],
): BreakingPoint {
  const label = labelOf(model, by.id);
  const limit = limitOf(model.built.get(by.id)?.node);
  const busy = Math.min(1, meanOf(by.series.utilisation));
  const sentence =
    `${label} cannot keep up: ${limit === undefined ? '' : `with ${limit}, `}busy ${round(busy * 100)} % of the time, ` +
    `and ${at === by ? 'what waits for it' : labelOf(model, at.id)} grows by ${round(perSecond)} a second`;
  const evidence = [
    ...figures(model, by),
    `${labelOf(model, at.id)}: ${round(at.totals.inFlightAtEnd)} waiting or in work at the end, ${round(at.totals.inFlightAtStart)} at the start`,
    ...(at === by ? [] : figures(model, at)),
  ];
  return { node: by.id, label, reason: 'backlog', sentence, evidence, missed };
}

/**
 * A node with errors of its own, without those that the nodes it calls pass on.
 *
 * @param leastShare errors of at most this share of a node's work are left out
 */
function ofErrors(
  model: TemplateModel,
  result: SimulationResult,
  missed: readonly string[],
  leastShare = 0.002,
): BreakingPoint | undefined {
  const byId = new Map(result.nodes.map((node) => [node.id, node]));
  const erring = result.nodes
    .map((node) => {
      const passed = next(model, node.id).reduce((sum, id) => {
        const callee = byId.get(id);
        return sum + (callee === undefined ? 0 : errorsIn(callee.totals));
      }, 0);
      return { node, count: errorsIn(node.totals) - Math.min(passed, errorsIn(node.totals)) };
    })
    .filter(({ node, count }) => count > leastShare * node.totals.arrivals)
    .sort((a, b) => b.count - a.count);
  // The one furthest down the chain of calls: a caller's errors and retries often follow from what it calls.
  const own =
    erring.find(
      ({ node }) => !erring.some((other) => other.node !== node && reaches(model, node.id, other.node.id)),
    ) ?? erring[0];
  if (own === undefined) return undefined;
  const { node } = own;
  const of = model.built.get(node.id)?.node;
  const [kind] = Object.entries(node.totals.errors).sort(([, a], [, b]) => b - a)[0] ?? ['failed'];
  const reason = reasonOf(of, kind);
  const label = labelOf(model, node.id);
  const share = errorsIn(node.totals) / Math.max(node.totals.arrivals, 1);
  const limit = limitOf(of);
  const sentence = {
    throttle: `${label} refuses ${round(share * 100)} % of its requests: its throttle${limit === undefined ? '' : ` is ${limit}`}`,
    concurrency: `${label} refuses ${round(share * 100)} % of its invocations: no concurrency is left${limit === undefined ? '' : ` (${limit})`}`,
    connections: `${label} refuses ${round(share * 100)} % of its queries: no connection is left${limit === undefined ? '' : ` (${limit})`}`,
    timeout: `${label} runs out of time for ${round(share * 100)} % of its work`,
    failures: `${label} fails for ${round(share * 100)} % of its work`,
    'dead-letters': `${label} gives up ${round(share * 100)} % of its messages`,
    backlog: `${label} does not keep up`,
    slow: `${label} is slow`,
  }[reason];
  const counts = Object.entries(node.totals.errors)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${label}: ${round(count)} of ${round(node.totals.arrivals)} ${name}`);
  return { node: node.id, label, reason, sentence, evidence: [...counts, ...figures(model, node)], missed };
}

function reasonOf(node: SystemNode | undefined, kind: string): BreakingReason {
  if (kind === 'dead-lettered' || kind === 'expired') return 'dead-letters';
  if (kind === 'timeout') return 'timeout';
  if (kind === 'throttled') return node?.kind === 'function' ? 'concurrency' : 'throttle';
  return node?.kind === 'database' && node.maxConnections !== undefined ? 'connections' : 'failures';
}

/** Only times are missed: the node with the longest wait, or the busiest one. */
function ofSlowness(
  model: TemplateModel,
  result: SimulationResult,
  missed: readonly string[],
): BreakingPoint {
  // Nothing takes from a dead-letter queue: what is in it waits for a person, and is no measure of speed.
  const unused = new Set(deadLetters(result, model).map(({ queue }) => queue));
  const node = [...result.nodes]
    .filter(({ id, kind }) => kind !== 'poller' && kind !== 'api' && !unused.has(id))
    .sort((a, b) => waitOf(b) - waitOf(a) || meanOf(b.series.utilisation) - meanOf(a.series.utilisation))[0];
  const served = node?.kind === 'queue' ? consumerOf(model, node.id) : undefined;
  const by = result.nodes.find(({ id }) => id === served) ?? node;
  const label = by === undefined ? 'the system' : labelOf(model, by.id);
  return {
    node: by?.id ?? '',
    label,
    reason: 'slow',
    sentence: `${label} is the slowest part: it does all of its work, but too slowly for the objective`,
    evidence: [
      ...(node === undefined ? [] : figures(model, node)),
      ...(by === undefined || by === node ? [] : figures(model, by)),
    ],
    missed,
  };
}

const waitOf = ({ peak }: NodeResult): number => peak.oldestAge ?? 0;

const consumerOf = (model: TemplateModel, queue: string): string | undefined =>
  model.system.nodes.find(
    (node) =>
      (node.kind === 'workers' && node.takes.kind === 'messages' && node.takes.queue === queue) ||
      (node.kind === 'poller' && node.queue === queue),
  )?.id;

function figures(model: TemplateModel, { id, peak, totals, kind }: NodeResult): string[] {
  const name = labelOf(model, id);
  return [
    ...(peak.running === undefined || kind === 'function'
      ? []
      : [`${name}: at most ${round(peak.running)} running`]),
    ...(peak.busy === undefined ? [] : [`${name}: at most ${round(peak.busy)} in work at once`]),
    ...(peak.backlog === undefined ? [] : [`${name}: at most ${round(peak.backlog)} waiting`]),
    ...(peak.oldestAge === undefined || peak.oldestAge < 1
      ? []
      : [`${name}: the oldest waited ${formatDuration(peak.oldestAge)}`]),
    ...((totals.redeliveries ?? 0) > 0
      ? [`${name}: ${round(totals.redeliveries ?? 0)} messages came back`]
      : []),
  ];
}

/** The limit that the node runs into, in words. */
function limitOf(node: SystemNode | undefined): string | undefined {
  switch (node?.kind) {
    case 'workers':
    case 'endpoint': {
      const tasks = num(node.max);
      const word = node.kind === 'workers' ? 'task' : 'instance';
      return `at most ${tasks} ${word}${tasks === 1 ? '' : 's'} of ${num(node.concurrency)} at once`;
    }
    case 'function':
      return node.reservedConcurrency === undefined
        ? "the account's concurrency, which all functions share"
        : `${num(node.reservedConcurrency)} reserved`;
    case 'database':
      return node.maxConnections !== undefined
        ? `${num(node.maxConnections)} connections`
        : node.throttle === undefined
          ? undefined
          : `${round(num(node.throttle.rate))} a second`;
    case 'api': {
      const throttles = node.routes.flatMap(({ throttle }) =>
        throttle === undefined ? [] : [num(throttle.rate)],
      );
      const lowest = throttles.length === 0 ? undefined : Math.min(...throttles);
      return lowest === undefined ? undefined : `${round(lowest)} a second`;
    }
    default:
      return undefined;
  }
}

const labelOf = (model: TemplateModel, id: string): string => model.built.get(id)?.label ?? id;

function next(model: TemplateModel, id: string): readonly string[] {
  const node = model.built.get(id)?.node;
  if (node?.kind === 'poller') return [node.function];
  return callsIn(node)
    .filter(({ how, to }) => how !== 'send' && model.built.get(to)?.node.kind !== 'queue')
    .map(({ to }) => to);
}

function reaches(model: TemplateModel, from: string, to: string, seen = new Set<string>()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return next(model, from).some((id) => id === to || reaches(model, id, to, seen));
}
