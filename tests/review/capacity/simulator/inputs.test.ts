/** Loads arrive as described, and distributions have the figures they are given by. */
import { describe, expect, it, vi } from 'vitest';
import type { Distribution, Rate, SystemModel } from '../../../../src/review/capacity/simulator/index.ts';
import { constant, entry, load, mean, node, run, steady, sum } from './support.ts';

/** A busy machine may take long, and no test fails on a time. */
vi.setConfig({ testTimeout: 300_000 });

const sink = (service: Distribution = constant(0.01)): SystemModel => ({
  account: { concurrency: 1e6 },
  nodes: [
    {
      id: 'fn',
      kind: 'function',
      memoryMb: 128,
      timeout: 900,
      service,
      coldStart: constant(0),
      scaling: { environments: 1e6, per: 1 },
    },
  ],
});

const arrivals = (rate: Rate, duration: number, mode: 'exact' | 'flow', points = 24): readonly number[] =>
  node(run(sink(), load('fn', rate, duration, 0, { arrivals: 'deterministic' }), { mode, points }), 'fn')
    .series.arrivals ?? [];

describe.each(['exact', 'flow'] as const)('loads (%s)', (mode) => {
  const near = (value: number | undefined, expected: number) =>
    expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(1.5 + 0.01 * expected);

  it('steady: the same all the time', () => {
    for (const count of arrivals(steady(2), 2_400, mode)) near(count, 200);
  });

  it('daily: the mean over the day, the peak at its hour by its ratio', () => {
    const hours = arrivals({ kind: 'daily', mean: 0.5, peakRatio: 1.6, peakAt: 10.5 * 3600 }, 86_400, mode);
    near(sum(hours), 43_200);
    expect(hours.indexOf(Math.max(...hours))).toBe(10);
    near(hours[10], 1_800 * 1.6);
    near(hours[22], 1_800 * 0.4);
  });

  it('spike: from its time for its length', () => {
    const minutes = arrivals({ kind: 'spike', base: 1, peak: 20, at: 300, length: 120 }, 1_440, mode);
    near(minutes[4], 60);
    near(minutes[5], 1_200);
    near(minutes[6], 1_200);
    near(minutes[7], 60);
  });

  it('ramp: in a straight line', () => {
    const minutes = arrivals({ kind: 'ramp', from: 0, to: 10, start: 240, length: 600 }, 1_440, mode);
    near(minutes[3], 0);
    near(minutes[4], 30);
    near(minutes[8], 270);
    near(minutes[20], 600);
  });

  it('recorded: straight lines between points, the last rate after the last', () => {
    const points = [
      [0, 1],
      [600, 1],
      [1_200, 5],
    ] as const;
    const minutes = arrivals({ kind: 'recorded', points }, 1_440, mode);
    near(minutes[0], 60);
    near(minutes[14], 60 * 2.8);
    near(minutes[22], 300);
  });

  it('warm-up: not counted', () => {
    const result = run(sink(), load('fn', steady(10), 100, 60, { arrivals: 'deterministic' }), { mode });
    near(entry(result).arrivals, 400);
    near(node(result, 'fn').totals.arrivals, 400);
    expect(result.from).toBe(60);
  });
});

describe('distributions', () => {
  const summary = (service: Distribution) =>
    entry(
      run(sink(service), load('fn', steady(100), 2_000, 0, { arrivals: 'deterministic' }), { mode: 'exact' }),
    ).response;
  /** Of 200,000 draws: five standard errors, and half a bucket of the histogram. */
  const close = (value: number, expected: number, deviation: number) =>
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(
      (5 * deviation) / Math.sqrt(200_000) + 0.006 * expected,
    );

  it.each<[string, Distribution, number, number, number]>([
    ['constant', constant(2), 2, 2, 0],
    ['exponential', { kind: 'exponential', mean: 2 }, 2, 2 * Math.log(20), 2],
    ['gamma of shape 0.5', { kind: 'gamma', mean: 1, shape: 0.5 }, 1, 3.8415, Math.SQRT2],
    ['gamma of shape 4', { kind: 'gamma', mean: 1, shape: 4 }, 1, 1.9384, 0.5],
    ['uniform', { kind: 'uniform', min: 1, max: 3 }, 2, 2.9, 0.58],
    [
      'quantiles',
      {
        kind: 'quantiles',
        points: [
          [0, 0],
          [0.5, 1],
          [1, 5],
        ],
      },
      1.75,
      4.6,
      1.5,
    ],
    ['samples', { kind: 'samples', values: [1, 1, 1, 5] }, 2, 5, 1.8],
  ])('%s has its mean and its 95th percentile', (_name, distribution, average, p95, deviation) => {
    const seen = summary(distribution);
    close(seen.mean, average, deviation);
    // A percentile's error is that of its share over the density there; five times the mean's is ample here.
    close(seen.p95, p95, 5 * deviation);
  });

  it('lognormal by p50 and p95 has them', () => {
    const seen = summary({ kind: 'lognormal', p50: 0.2, p95: 0.9 });
    expect(Math.abs(seen.p50 / 0.2 - 1)).toBeLessThan(0.02);
    expect(Math.abs(seen.p95 / 0.9 - 1)).toBeLessThan(0.02);
  });

  it('Poisson arrivals have as much variance as mean', () => {
    const counts =
      node(run(sink(), load('fn', steady(4), 7_200), { points: 288 }), 'fn').series.arrivals ?? [];
    const average = mean(counts);
    const dispersion = sum(counts.map((count) => (count - average) ** 2)) / average;
    // Chi-square with 287 degrees of freedom, 99.9 % two-sided.
    expect(dispersion).toBeGreaterThan(214);
    expect(dispersion).toBeLessThan(372);
  });

  it('the curve of latencies rises to one', () => {
    const result = run(sink({ kind: 'exponential', mean: 1 }), load('fn', steady(20), 500));
    const { responseCurve } = entry(result);
    expect(responseCurve.length).toBeLessThanOrEqual(64);
    for (const [i, [seconds, share]] of responseCurve.entries()) {
      expect(share).toBeGreaterThan(responseCurve[i - 1]?.[1] ?? 0);
      expect(Math.abs(share - (1 - Math.exp(-seconds)))).toBeLessThan(0.03);
    }
    expect(responseCurve[responseCurve.length - 1]?.[1]).toBe(1);
  });
});
