/**
 * The capacity review: a template and its load, simulated. Answers how long things take, what piles up, what it costs,
 * where it breaks first and which change is enough. Deterministic by seed. Never throws on a template.
 */

import type { Architecture } from '../../architecture/index.ts';
import { runRule } from '../finding.ts';
import { breakingOf } from './answers/breaking.ts';
import { expectedRequests, type Study, studyOf } from './answers/context.ts';
import { costOf } from './answers/cost.ts';
import { deadLetters, objectivesOf } from './answers/objectives.ts';
import { changeFor } from './changes/search.ts';
import { withDefaultObjectives } from './load/default.ts';
import { defaultLoad, type Load } from './load/index.ts';
import { curveOf, meanOf, peakOf } from './load/rate.ts';
import { modelOf } from './model/build.ts';
import type { CapacityReport, PricePort, ProfileSummary, ResultSummary } from './report.ts';
import { capacityRules } from './rules/index.ts';
import type { SimulationResult } from './simulator/model.ts';

export * from './load/index.ts';
export { modelOf } from './model/build.ts';
export type * from './report.ts';
export { capacityRules } from './rules/index.ts';

interface ReviewCapacityOptions {
  readonly price: PricePort;
  /** Default: the load's. */
  readonly seed?: number;
  /** Default: the app's. */
  readonly region?: string;
}

/** @param load undefined: nobody wrote one; a stated default is taken and marked assumed */
export function reviewCapacity(
  app: Architecture,
  load: Load | undefined,
  { price, seed, region = app.region }: ReviewCapacityOptions,
): CapacityReport {
  const begun = performance.now();
  const model = modelOf(app, load);
  const given = load ?? defaultLoad(model);
  const used = { ...given, objectives: withDefaultObjectives(given.objectives) };
  const chosen = seed ?? used.seed;
  const study = studyOf({ model, load: used, region, price, seed: chosen });
  const rules = capacityRules.map((rule) => runRule(rule, app));
  const common = {
    seed: chosen,
    region,
    model: model.summary,
    profile: profileSummary(study),
    rules,
    unresolved: model.unresolved,
  };
  const run = () => ({ simulations: study.simulations(), milliseconds: performance.now() - begun });
  const outcome = used.arrivals.length === 0 ? undefined : study.run();
  if (outcome === undefined || !outcome.ok) {
    const because =
      outcome === undefined
        ? 'nothing in the template that the model can simulate takes requests or messages'
        : outcome.problems.map(({ field, message }) => `${field} ${message}`).join('; ');
    return {
      ...common,
      result: null,
      because,
      objectives: objectivesOf(model, used, undefined),
      breaking: { outcome: 'cannot-tell', because },
      change: { outcome: 'cannot-tell', because },
      notes: model.notes,
      run: run(),
    };
  }
  const { result } = outcome;
  const breaking = breakingOf(study);
  const change = changeFor(study, result);
  return {
    ...common,
    result: resultSummary(study, result),
    objectives: objectivesOf(model, used, result),
    breaking,
    change,
    notes: [...result.notes, ...model.notes, ...loadNotes(study, result)],
    run: run(),
  };
}

function profileSummary({ model, load }: Study): ProfileSummary {
  return {
    origin: load.origin,
    duration: load.duration,
    warmUp: load.warmUp,
    entries: load.arrivals.map(({ entry, rate, text, assumed }) => ({
      id: entry,
      to: model.entries.find(({ id }) => id === entry)?.to ?? '',
      text,
      meanRate: meanOf(rate, load.duration),
      peakRate: peakOf(rate, load.duration),
      assumed,
      curve: curveOf(rate, load.duration),
    })),
  };
}

function resultSummary(study: Study, result: SimulationResult): ResultSummary {
  const { mode, modeReason, from, to, entries, nodes } = result;
  const expected = Math.round(expectedRequests(study.load, 1));
  return {
    mode,
    modeReason: modeReason === 'asked for' ? `${expected} expected requests` : modeReason,
    from,
    to,
    entries,
    nodes,
    deadLetters: deadLetters(result, study.model),
    cost: costOf(study.model.app, study.model.built, result, study.region, study.price),
  };
}

function loadNotes({ load, model }: Study, result: SimulationResult): readonly string[] {
  const unserved = result.nodes
    .filter(({ kind, totals }) => kind === 'queue' && totals.arrivals > 0 && (totals.received ?? 0) === 0)
    .map(
      ({ id }) =>
        `${model.built.get(id)?.label ?? id}: no consumer in the model takes its messages, so work sent there is never done.`,
    );
  const regions = new Set(model.app.stacks.map(({ region }) => region));
  const several =
    regions.size > 1
      ? [
          `The app is in ${[...regions].join(', ')}: everything is simulated as one region, with one pool of function concurrency and one region's prices.`,
        ]
      : [];
  return [...unserved, ...several, ...coverageNotes({ load, model })];
}

function coverageNotes({ load, model }: Pick<Study, 'load' | 'model'>): readonly string[] {
  if (load.origin === 'default')
    return [
      'No load is stated, so the rates are assumed. `slipway review --init` writes slipway-review.yaml with the questions.',
    ];
  const left = model.entries.filter(
    ({ id, byDefault }) => byDefault && !load.arrivals.some(({ entry }) => entry === id),
  );
  return left.length === 0
    ? []
    : [`The stated load brings nothing to: ${left.map(({ id }) => id).join(', ')}.`];
}
