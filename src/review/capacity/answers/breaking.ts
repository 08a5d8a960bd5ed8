/**
 * The load at which the system breaks: the profile is multiplied until an objective is missed or work piles up, then
 * bisected. The seed stays, so that a step differs from another by the load alone.
 */
import { peakOf } from '../load/rate.ts';
import type { Breaking, BreakingStep } from '../report.ts';
import type { SimulationResult } from '../simulator/model.ts';
import type { Study } from './context.ts';
import { firstBreak } from './first-break.ts';
import { pilingUp } from './growth.ts';
import { errorShare, objectivesOf } from './objectives.ts';

const smallest = 1 / 256;
const largest = 65_536;
/** Of the breaking point: nearer than this, the noise of arrivals decides. */
const precision = 0.03;

/** What does not hold, in words; nothing when all does. */
export function failuresOf(study: Study, result: SimulationResult): readonly string[] {
  const missed = objectivesOf(study.model, study.load, result)
    .filter(({ verdict }) => verdict === 'missed')
    .map(({ text }) => text);
  const piles = pilingUp(study.model, result).map(
    ({ at }) => `work piles up in ${study.model.built.get(at.id)?.label ?? at.id}`,
  );
  return [...missed, ...piles];
}

export function breakingOf(study: Study): Breaking {
  const steps: BreakingStep[] = [];
  let atBreak: { factor: number; result: SimulationResult } | undefined;
  let problem: string | undefined;
  const holds = (factor: number): boolean => {
    const outcome = study.run({ factor });
    if (!outcome.ok) {
      problem = outcome.problems.map(({ field, message }) => `${field} ${message}`).join('; ');
      return false;
    }
    const step = stepOf(study, factor, outcome.result);
    steps.push(step);
    if (!step.holds && (atBreak === undefined || factor < atBreak.factor))
      atBreak = { factor, result: outcome.result };
    return step.holds;
  };
  let low = holds(1) ? 1 : 0;
  let high = low === 1 ? 0 : 1;
  // Outwards by fours, then inwards by halves of the ratio.
  while (problem === undefined && high === 0 && low < largest) {
    if (holds(low * 4)) low *= 4;
    else high = low * 4;
  }
  while (problem === undefined && low === 0 && high > smallest) {
    if (holds(high / 4)) low = high / 4;
    else high /= 4;
  }
  if (problem !== undefined) return { outcome: 'cannot-tell', because: problem };
  const sorted = () => [...steps].sort((a, b) => a.factor - b.factor);
  if (high === 0 || atBreak === undefined) return { outcome: 'holds', upTo: low, steps: sorted() };
  while (low > 0 && high / low > 1 + precision) {
    const middle = Math.sqrt(low * high);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  const { factor, result } = atBreak;
  const first = firstBreak(study.model, result, failuresOf(study, result));
  if (low === 0) return { outcome: 'broken', first, steps: sorted() };
  const peakRate = study.load.arrivals.reduce(
    (sum, { rate }) => sum + factor * peakOf(rate, study.load.duration),
    0,
  );
  return { outcome: 'breaks', holdsAt: low, breaksAt: high, peakRate, first, steps: sorted() };
}

function stepOf(study: Study, factor: number, result: SimulationResult): BreakingStep {
  const missed = failuresOf(study, result);
  return {
    factor,
    holds: missed.length === 0,
    missed,
    p95Response: Math.max(0, ...result.entries.map(({ response }) => response.p95)),
    p95Done: Math.max(0, ...result.entries.map(({ done }) => done.p95)),
    errorShare: errorShare(result.entries) ?? 0,
  };
}
