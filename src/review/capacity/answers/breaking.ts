/**
 * The load at which the system breaks: the profile is multiplied until an objective is missed or work piles up, then
 * bisected. The seed stays, so that a step differs from another by the load alone.
 */
import { peakOf } from '../load/rate.ts';
import type { Breaking, BreakingStep } from '../report.ts';
import type { SimulationResult } from '../simulator/model.ts';
import { growingBacklogs } from './backlog-growth.ts';
import type { Study } from './context.ts';
import { firstBreak } from './first-break.ts';
import { lowestLimit } from './limits.ts';
import { errorShare, objectivesOf } from './objectives.ts';

const minFactor = 1 / 256;
const maxFactor = 65_536;
/** Of the breaking point: nearer than this, the noise of arrivals decides; in flow mode a step takes seconds. */
const precision = { exact: 0.04, flow: 0.08 };

/** Seconds of one core, as `effort` counts them: past it the search ends with what it has found. */
const maxSeconds = 25;

/** What does not hold, in words; nothing when all does. */
export function failuresOf(study: Study, result: SimulationResult): readonly string[] {
  const missed = objectivesOf(study.model, study.load, result)
    .filter(({ verdict }) => verdict === 'missed')
    .map(({ text }) => text);
  const piles = growingBacklogs(study.model, result).map(
    ({ at }) => `work piles up in ${study.model.built.get(at.id)?.label ?? at.id}`,
  );
  return [...missed, ...piles];
}

export function breakingOf(study: Study): Breaking {
  const steps: BreakingStep[] = [];
  let atBreak: { factor: number; result: SimulationResult } | undefined;
  let problem: string | undefined;
  let spent = 0;
  const affords = (factor: number): boolean => spent + study.effort(factor) <= maxSeconds;
  const holds = (factor: number): boolean => {
    spent += study.effort(factor);
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
  const guess = lowestLimit(study.model, study.load);
  let low = holds(1) ? 1 : 0;
  let high = low === 1 ? 0 : 1;
  // Outwards from where the calculated limit is, in growing strides; a wrong guess only costs steps.
  let next = guess !== undefined && guess.factor * 0.85 > 1 ? Math.min(guess.factor * 0.85, maxFactor) : 4;
  for (
    let stride = 1.4;
    problem === undefined && high === 0 && low < maxFactor && affords(next);
    stride *= stride
  ) {
    if (holds(next)) {
      low = next;
      next = Math.min(next * stride, maxFactor);
    } else high = next;
  }
  next = guess !== undefined && guess.factor * 0.85 < 1 ? Math.max(guess.factor * 0.85, minFactor) : 1 / 2;
  for (
    let stride = 1.4;
    problem === undefined && low === 0 && high > minFactor && affords(next);
    stride *= stride
  ) {
    if (holds(next)) low = next;
    else {
      high = next;
      next = Math.max(next / stride, minFactor);
    }
  }
  if (problem !== undefined) return { outcome: 'cannot-tell', because: problem };
  const sorted = () => [...steps].sort((a, b) => a.factor - b.factor);
  if (high === 0 || atBreak === undefined) return { outcome: 'holds', upTo: low, steps: sorted() };
  for (
    let middle = Math.sqrt(low * high);
    low > 0 && high / low > 1 + precision[atBreak.result.mode] && affords(middle);
    middle = Math.sqrt(low * high)
  ) {
    if (holds(middle)) low = middle;
    else high = middle;
  }
  const { factor, result } = atBreak;
  const found = firstBreak(study.model, study.load, result, failuresOf(study, result));
  const first =
    guess === undefined
      ? found
      : { ...found, evidence: [...found.evidence, `by calculation, the lowest limit is ${guess.text}`] };
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
