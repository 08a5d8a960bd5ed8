/** The exact mode against queueing theory, within 99.9 % confidence intervals of independent replications. */
import { describe, expect, it, vi } from 'vitest';
import type { Distribution } from '../../../../src/review/capacity/simulator/index.ts';
import {
  constant,
  type Estimate,
  entry,
  exponential,
  load,
  lossy,
  mean,
  node,
  replicate,
  run,
  servers,
  steady,
  sum,
} from './support.ts';

/** A busy machine may take long, and no test fails on a time. */
vi.setConfig({ testTimeout: 300_000 });

const erlangB = (offered: number, count: number): number => {
  let blocked = 1;
  for (let k = 1; k <= count; k++) blocked = (offered * blocked) / (k + offered * blocked);
  return blocked;
};
const erlangC = (offered: number, count: number): number => {
  const blocked = erlangB(offered, count);
  const rho = offered / count;
  return blocked / (1 - rho * (1 - blocked));
};

function includes(estimate: Estimate, value: number): void {
  expect(Math.abs(estimate.mean - value)).toBeLessThanOrEqual(estimate.half);
  // An interval so wide that it says nothing would pass too.
  expect(estimate.half).toBeLessThan(0.25 * value);
}

/** Mean wait before service. */
const waits = (count: number, service: Distribution, serviceMean: number, rate: number, requests = 25_000) =>
  replicate(10, (seed) => {
    const result = run(servers(count, service), load('pool', steady(rate), requests / rate, 2_000 / rate), {
      seed,
      mode: 'exact',
    });
    return entry(result).response.mean - serviceMean;
  });

/** Crommelin 1932: mean wait in M/D/c at service time 1. */
function crommelin(offered: number, count: number): number {
  let total = 0;
  let logFactorial = 0;
  let counted = 0;
  for (let m = 1; m < 2000; m++) {
    const mean = m * offered;
    while (counted < m * count) logFactorial += Math.log(++counted);
    const at = Math.exp(m * count * Math.log(mean) - mean - logFactorial);
    let term = at;
    let from = at;
    for (let j = m * count + 1; term > 1e-18; j++) {
      term *= mean / j;
      from += term;
    }
    total += from - (count / offered) * (from - at);
  }
  return total;
}

describe('queueing theory', () => {
  it('M/M/1: the mean time in the system is 1 / (μ - λ)', () => {
    includes(waits(1, exponential(1), 0, 0.7), 1 / 0.3);
  });

  it.each([
    [2, 1.5],
    [10, 8],
    [20, 17],
  ])('M/M/%i: the mean wait at load %f is Erlang C over the spare rate', (count, rate) => {
    includes(waits(count, exponential(1), 1, rate, 70_000), erlangC(rate, count) / (count - rate));
  });

  it('M/M/c: all servers are busy as often as Erlang C says', () => {
    const [count, rate, runs] = [5, 4, 600];
    let waiting = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const result = run(servers(count, exponential(1)), load('pool', steady(rate), 80.0001, 80), { seed });
      if (Math.round(node(result, 'pool').series.busy?.[0] ?? 0) === count) waiting++;
    }
    const share = erlangC(rate, count);
    expect(Math.abs(waiting / runs - share)).toBeLessThanOrEqual(
      3.29 * Math.sqrt((share * (1 - share)) / runs),
    );
  });

  it('M/M/c/c: a pool in which nobody may wait refuses by Erlang B', () => {
    const [pool] = servers(4, exponential(1)).nodes;
    if (pool?.kind !== 'workers') throw new Error('not workers');
    const model = { nodes: [{ ...pool, takes: { kind: 'requests', waiting: 0 } as const }] };
    const share = replicate(8, (seed) => {
      const { errors, arrivals } = entry(run(model, load('pool', steady(3), 6_000, 50), { seed }));
      return errors.throttled / arrivals;
    });
    includes(share, erlangB(3, 4));
  });

  it('M/D/1: the mean wait is half of that of M/M/1', () => {
    includes(waits(1, constant(1), 1, 0.8), 0.8 / (2 * 0.2));
  });

  it('Crommelin’s series gives M/D/1', () => {
    expect(crommelin(0.8, 1)).toBeCloseTo(2, 6);
  });

  it.each([
    [2, 1.6],
    [8, 6.8],
  ])('M/D/%i: the mean wait at load %f is Crommelin’s', (count, rate) => {
    includes(waits(count, constant(1), 1, rate, 40_000), crommelin(rate, count));
  });

  it.each([
    ['Erlang', { kind: 'gamma', mean: 1, shape: 4 }, 0.25],
    ['uniform', { kind: 'uniform', min: 0, max: 2 }, 1 / 3],
    [
      'mixture',
      {
        kind: 'mixture',
        parts: [
          { weight: 0.9, of: { kind: 'exponential', mean: 0.5 } },
          { weight: 0.1, of: { kind: 'exponential', mean: 5.5 } },
        ],
      },
      0.9 * 2 * 0.25 + 0.1 * 2 * 5.5 ** 2 - 1,
    ],
  ] as const)('M/G/1: the mean wait with %s service is Pollaczek and Khinchine’s', (_name, service, scv) => {
    const rho = 0.6;
    includes(waits(1, service, 1, rho, 40_000), (rho / (1 - rho)) * ((1 + scv) / 2));
  });

  it('M/G/1 with lognormal service by p50 and p95 has the moments of that lognormal', () => {
    const sigma = Math.log(3) / 1.6448536269514722;
    const average = 0.4 * Math.exp(sigma ** 2 / 2);
    const rho = 0.5 / 1;
    const scv = Math.exp(sigma ** 2) - 1;
    const service = { kind: 'lognormal', p50: 0.4, p95: 1.2 } as const;
    const wait = (rho / (1 - rho)) * ((1 + scv) / 2) * average;
    includes(waits(1, service, average, rho / average, 40_000), wait);
  });

  it('M/G/∞: environments in use are λE[S] on average, and Poisson', () => {
    const rate = 20;
    const model = lossy(1e6, { kind: 'uniform', min: 0, max: 2 });
    // The first bucket of a short window is the number in use at that moment.
    const seen = Array.from({ length: 200 }, (_, i) => {
      const fn = node(run(model, load('fn', steady(rate), 10.288, 10), { seed: i + 1 }), 'fn');
      return fn.series.busy?.[0] ?? 0;
    });
    const average = mean(seen);
    expect(Math.abs(average - rate)).toBeLessThanOrEqual(3.29 * Math.sqrt(rate / 200));
    // Index of dispersion: (n-1) s²/mean is chi-square with n-1 degrees of freedom; 99.9 % two-sided.
    const dispersion = sum(seen.map((value) => (value - average) ** 2)) / average;
    expect(dispersion).toBeGreaterThan(138);
    expect(dispersion).toBeLessThan(271);
  });

  it.each([
    ['exponential', exponential(1)],
    ['constant', constant(1)],
    ['lognormal', { kind: 'lognormal', p50: Math.exp(-0.5), p95: Math.exp(-0.5 + 1.6448536269514722) }],
  ] as const)('M/G/c/c: reserved concurrency throttles by Erlang B with %s service', (_name, service) => {
    const share = replicate(8, (seed) => {
      const result = run(lossy(10, service), load('fn', steady(9), 6_000, 50), { seed, mode: 'exact' });
      return entry(result).errors.throttled / entry(result).arrivals;
    });
    includes(share, erlangB(9, 10));
  });

  it('Little’s law: the work in a system is its rate times its time', () => {
    const result = run(servers(4, exponential(1)), load('pool', steady(3), 20_000, 1_000), { mode: 'exact' });
    const pool = node(result, 'pool');
    const [from, to] = [result.from, result.to];
    const inside = (mean(pool.series.backlog ?? []) + mean(pool.series.busy ?? [])) * (to - from);
    const { done } = entry(result);
    // Only those that cross the edges of the window make a difference.
    const edges = (pool.totals.inFlightAtStart + pool.totals.inFlightAtEnd) * done.max;
    expect(Math.abs(inside - done.mean * done.count)).toBeLessThanOrEqual(edges);
    expect(edges).toBeLessThan(0.01 * inside);
  });
});
