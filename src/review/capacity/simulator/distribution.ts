/** Distributions prepared for drawing from, with the mean and the squared coefficient of variation that formulas need. */

import type { Random } from '../../../core/random.ts';
import type { Distribution } from './model.ts';
import { num } from './quantity.ts';

export interface Sampler {
  readonly mean: number;
  /** Variance / mean²; 0 for a constant, 1 for exponential. */
  readonly scv: number;
  readonly sample: (random: Random) => number;
}

/** The 95 % point of the standard normal. */
const z95 = 1.6448536269514722;

const make = (mean: number, variance: number, sample: (random: Random) => number): Sampler => ({
  mean,
  scv: mean > 0 ? Math.max(0, variance) / (mean * mean) : 0,
  sample,
});

const zero: Sampler = make(0, 0, () => 0);

export function sampler(distribution: Distribution | undefined): Sampler {
  if (!distribution) return zero;
  switch (distribution.kind) {
    case 'constant': {
      const value = num(distribution.value);
      return make(value, 0, () => value);
    }
    case 'exponential': {
      const mean = num(distribution.mean);
      return make(mean, mean * mean, (random) => mean * random.exponential());
    }
    case 'lognormal': {
      const p50 = num(distribution.p50);
      const sigma = Math.log(num(distribution.p95) / p50) / z95;
      const mean = p50 * Math.exp((sigma * sigma) / 2);
      const variance = mean * mean * (Math.exp(sigma * sigma) - 1);
      return make(mean, variance, (random) => p50 * Math.exp(sigma * random.normal()));
    }
    case 'gamma': {
      const mean = num(distribution.mean);
      const shape = num(distribution.shape);
      return make(mean, (mean * mean) / shape, (random) => (mean / shape) * random.gamma(shape));
    }
    case 'uniform': {
      const min = num(distribution.min);
      const width = num(distribution.max) - min;
      return make(min + width / 2, (width * width) / 12, (random) => min + width * random.next());
    }
    case 'samples': {
      const values = Float64Array.from(distribution.values);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      return make(mean, variance, (random) => values[Math.floor(random.next() * values.length)] ?? 0);
    }
    case 'quantiles':
      return quantiles(distribution.points);
    case 'mixture':
      return mixture(distribution.parts.map((part) => ({ weight: num(part.weight), of: sampler(part.of) })));
  }
}

function quantiles(points: readonly (readonly [number, number])[]): Sampler {
  let mean = 0;
  let square = 0;
  for (let i = 1; i < points.length; i++) {
    const [p0, v0] = points[i - 1] ?? [0, 0];
    const [p1, v1] = points[i] ?? [0, 0];
    mean += ((p1 - p0) * (v0 + v1)) / 2;
    square += ((p1 - p0) * (v0 * v0 + v0 * v1 + v1 * v1)) / 3;
  }
  return make(mean, square - mean * mean, (random) => {
    const u = random.next();
    let low = 0;
    let high = points.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((points[middle]?.[0] ?? 1) <= u) low = middle;
      else high = middle;
    }
    const [p0, v0] = points[low] ?? [0, 0];
    const [p1, v1] = points[high] ?? [1, v0];
    return p1 > p0 ? v0 + ((v1 - v0) * (u - p0)) / (p1 - p0) : v1;
  });
}

function mixture(parts: readonly { readonly weight: number; readonly of: Sampler }[]): Sampler {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  let mean = 0;
  let square = 0;
  for (const { weight, of } of parts) {
    mean += (weight / total) * of.mean;
    square += (weight / total) * of.mean * of.mean * (1 + of.scv);
  }
  return make(mean, square - mean * mean, (random) => {
    let rest = random.next() * total;
    for (const { weight, of } of parts) {
      rest -= weight;
      if (rest <= 0) return of.sample(random);
    }
    return parts[parts.length - 1]?.of.sample(random) ?? 0;
  });
}
