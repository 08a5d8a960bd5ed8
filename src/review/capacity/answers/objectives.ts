/** Compares objectives with a simulation's result. Where nothing was counted, the verdict is `cannot-tell`. */

import { formatDuration } from '../../../core/duration.ts';
import { round } from '../../inputs/units.ts';
import type { Load } from '../load/index.ts';
import type { TemplateModel } from '../model/build.ts';
import type { Objective, ObjectiveResult } from '../report.ts';
import type { EntryResult, LatencySummary, SimulationResult } from '../simulator/model.ts';

export function objectivesOf(
  model: TemplateModel,
  load: Load,
  result: SimulationResult | undefined,
): readonly ObjectiveResult[] {
  return load.objectives.map(({ objective, stated }) => {
    const limit = limitOf(objective);
    const value = result === undefined ? null : reachedIn(objective, result, model);
    const verdict = value === null ? 'cannot-tell' : value <= limit ? 'met' : 'missed';
    return {
      objective,
      text: textOf(objective, model),
      value,
      limit,
      unit: unitOf(objective),
      verdict,
      stated,
    };
  });
}

const limitOf = (objective: Objective): number => {
  switch (objective.kind) {
    case 'answered-within':
    case 'done-within':
    case 'age-at-most':
      return objective.seconds;
    case 'errors-at-most':
      return objective.share;
    case 'dead-letters-at-most':
      return objective.count;
    case 'backlog-at-most':
      return objective.messages;
  }
};

const unitOf = (objective: Objective): ObjectiveResult['unit'] =>
  objective.kind === 'errors-at-most'
    ? 'share'
    : objective.kind === 'dead-letters-at-most' || objective.kind === 'backlog-at-most'
      ? 'messages'
      : 'seconds';

function textOf(objective: Objective, model: TemplateModel): string {
  const label = (id: string | undefined) =>
    id === undefined ? undefined : (model.built.get(id)?.label ?? id);
  switch (objective.kind) {
    case 'answered-within':
      return `${objective.percentile} % of ${objective.entry} answered within ${formatDuration(objective.seconds)}`;
    case 'done-within':
      return `${objective.percentile} % of ${objective.entry} done within ${formatDuration(objective.seconds)}`;
    case 'errors-at-most':
      return `at most ${round(objective.share * 100)} % of ${objective.entry ?? 'all requests'} fail`;
    case 'dead-letters-at-most':
      return `at most ${objective.count} dead letters${objective.queue === undefined ? '' : ` in ${label(objective.queue)}`}`;
    case 'age-at-most':
      return `nothing waits in ${label(objective.queue)} for more than ${formatDuration(objective.seconds)}`;
    case 'backlog-at-most':
      return `at most ${objective.messages} messages wait in ${label(objective.queue)}`;
  }
}

function reachedIn(objective: Objective, result: SimulationResult, model: TemplateModel): number | null {
  const entry = (id: string) => result.entries.find((one) => one.id === id);
  const node = (id: string) => result.nodes.find((one) => one.id === id);
  switch (objective.kind) {
    case 'answered-within':
      return percentile(entry(objective.entry)?.response, objective.percentile);
    case 'done-within':
      return doneWithin(entry(objective.entry), objective.percentile, result.to - result.from);
    case 'errors-at-most': {
      const entries = objective.entry === undefined ? result.entries : [entry(objective.entry)];
      return errorShare(entries.filter((one) => one !== undefined));
    }
    case 'dead-letters-at-most':
      return deadLetters(result, model)
        .filter(({ queue }) => objective.queue === undefined || queue === objective.queue)
        .reduce((sum, { count }) => sum + count, 0);
    case 'age-at-most':
      return node(objective.queue)?.peak.oldestAge ?? null;
    case 'backlog-at-most':
      return node(objective.queue)?.peak.backlog ?? null;
  }
}

const percentile = (latency: LatencySummary | undefined, wanted: 50 | 95 | 99): number | null =>
  latency === undefined || latency.count === 0
    ? null
    : wanted === 50
      ? latency.p50
      : wanted === 95
        ? latency.p95
        : latency.p99;

/**
 * What is not done by the end has no time yet. When that is more than the share that may be late, the time of those
 * that are done says nothing about it: the objective is then missed by at least what the percentile of the done says.
 */
function doneWithin(entry: EntryResult | undefined, wanted: 50 | 95 | 99, window: number): number | null {
  if (entry === undefined || entry.arrivals === 0) return null;
  const reached = percentile(entry.done, wanted);
  const unfinished = entry.inFlight / entry.arrivals;
  if (unfinished * 100 <= 100 - wanted) return reached;
  return reached === null ? window : Math.max(reached, entry.done.max);
}

export function errorShare(entries: readonly EntryResult[]): number | null {
  const arrivals = entries.reduce((sum, entry) => sum + entry.arrivals, 0);
  if (arrivals === 0) return null;
  const errors = entries.reduce((sum, entry) => sum + errorsIn(entry), 0);
  return errors / arrivals;
}

export const errorsIn = ({ errors }: { readonly errors: EntryResult['errors'] }): number =>
  Object.values(errors).reduce((sum, count) => sum + count, 0);

/** What came into queues that are another's dead-letter queue. */
export function deadLetters(result: SimulationResult, model: TemplateModel) {
  const targets = new Set(
    model.system.nodes.flatMap((node) =>
      node.kind === 'queue' && node.deadLetter !== undefined
        ? [node.deadLetter]
        : node.kind === 'function' && node.async?.deadLetter !== undefined
          ? [node.async.deadLetter]
          : [],
    ),
  );
  return result.nodes
    .filter(({ id }) => targets.has(id))
    .map(({ id, totals }) => ({
      queue: id,
      label: model.built.get(id)?.label ?? id,
      count: totals.arrivals,
    }));
}
