/**
 * The load when nobody states one: every entry point gets one request a second for an hour (more than twenty entry
 * points share twenty a second, so that the simulation takes seconds), a schedule its own rate; and two objectives: few
 * errors, no dead letters. All of it is marked assumed.
 */
import type { TemplateModel } from '../model/build.ts';
import type { Load, StatedObjective } from './model.ts';
import { wordsOf } from './rate.ts';

export const defaultDuration = 3_600;
export const defaultWarmUp = 600;
export const defaultSeed = 1;
/** Requests a second. */
const maxTotalRate = 20;

const defaultObjectives: readonly StatedObjective[] = [
  { stated: false, objective: { kind: 'errors-at-most', share: 0.01 } },
  { stated: false, objective: { kind: 'dead-letters-at-most', count: 0 } },
];

/** The objectives that any system has unless the load states others. */
export function withDefaultObjectives(objectives: readonly StatedObjective[]): readonly StatedObjective[] {
  const has = (kind: string) => objectives.some(({ objective }) => objective.kind === kind);
  return [...objectives, ...defaultObjectives.filter(({ objective }) => !has(objective.kind))];
}

export function defaultLoad(model: Pick<TemplateModel, 'entries'>): Load {
  const entries = model.entries.filter((entry) => entry.byDefault && entry.rate === undefined).length;
  const rate = {
    kind: 'steady' as const,
    rate: {
      value: Math.min(1, maxTotalRate / Math.max(1, entries)),
      source: 'no load is stated',
      assumed: true,
    },
  };
  return {
    origin: 'default',
    seed: defaultSeed,
    duration: defaultDuration,
    warmUp: defaultWarmUp,
    arrivals: model.entries
      .filter(({ byDefault }) => byDefault)
      .map((entry) => ({
        entry: entry.id,
        rate: entry.rate?.rate ?? rate,
        text: entry.rate?.text ?? wordsOf(rate),
        assumed: entry.rate === undefined,
        ...(entry.rate === undefined ? {} : { how: 'deterministic' as const }),
      })),
    work: [],
    objectives: defaultObjectives,
  };
}
