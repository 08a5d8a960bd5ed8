/** Runs, replications with confidence intervals, and the small systems that queueing theory knows. */
import {
  type Distribution,
  type EntryResult,
  type LoadProfile,
  type NodeResult,
  type Rate,
  type SimulateOptions,
  type SimulationResult,
  type SystemModel,
  simulate,
} from '../../../../src/review/capacity/simulator/index.ts';

export function run(model: SystemModel, profile: LoadProfile, options?: SimulateOptions): SimulationResult {
  const outcome = simulate(model, profile, options);
  if (!outcome.ok) throw new Error(outcome.problems.map((p) => `${p.field} ${p.message}`).join('; '));
  return outcome.result;
}

export function node(result: SimulationResult, id: string): NodeResult {
  const found = result.nodes.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no node ${id}`);
  return found;
}

export function entry(result: SimulationResult, id = 'load'): EntryResult {
  const found = result.entries.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;

/** Student's t, 99.9 % two-sided, for the numbers of replications used here. */
const t999: Readonly<Record<number, number>> = {
  4: 12.924,
  5: 8.61,
  6: 6.869,
  8: 5.408,
  10: 4.781,
  12: 4.437,
  20: 3.883,
};

export interface Estimate {
  readonly mean: number;
  /** Half of the 99.9 % confidence interval. */
  readonly half: number;
}

export function estimate(values: readonly number[]): Estimate {
  const t = t999[values.length];
  if (t === undefined) throw new Error(`no t value for ${values.length} replications`);
  const average = mean(values);
  const variance = sum(values.map((value) => (value - average) ** 2)) / (values.length - 1);
  return { mean: average, half: (t * Math.sqrt(variance)) / Math.sqrt(values.length) };
}

/** Independent replications by seed. */
export const replicate = (count: number, of: (seed: number) => number): Estimate =>
  estimate(Array.from({ length: count }, (_, i) => of(i + 1)));

export const constant = (value: number): Distribution => ({ kind: 'constant', value });
export const exponential = (average: number): Distribution => ({ kind: 'exponential', mean: average });
export const steady = (rate: number): Rate => ({ kind: 'steady', rate });

export const load = (
  to: string,
  rate: Rate,
  duration: number,
  warmUp = 0,
  more: Partial<LoadProfile['entries'][number]> = {},
): LoadProfile => ({ duration, warmUp, entries: [{ id: 'load', to, rate, ...more }] });

/** `servers` servers with one line and no limit: M/G/c when arrivals are Poisson. */
export const servers = (count: number, service: Distribution): SystemModel => ({
  nodes: [
    {
      id: 'pool',
      kind: 'workers',
      takes: { kind: 'requests', timeout: 1e9 },
      min: count,
      desired: count,
      max: count,
      startUp: constant(0),
      concurrency: 1,
      service,
    },
  ],
});

/** A function that loses what finds `limit` busy: M/G/c/c. */
export const lossy = (limit: number, service: Distribution): SystemModel => ({
  nodes: [
    {
      id: 'fn',
      kind: 'function',
      memoryMb: 1024,
      timeout: 1e6,
      reservedConcurrency: limit,
      service,
      coldStart: constant(0),
    },
  ],
});
