/**
 * What is known of the values in one span of time, and the statistics of it. Percentiles are by nearest rank.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
import { lookup } from '../../../core/lookup.ts';
import { unsupported } from '../../service.ts';
import { invalid } from './errors.ts';

export interface Aggregate {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Values and how often each came; absent when only a statistic set is known. */
  readonly values?: readonly (readonly [value: number, count: number])[];
}

/** Beyond this many different values, a new one is counted with its nearest neighbour. */
const maxValues = 500;

export function ofValues(pairs: readonly (readonly [number, number])[]): Aggregate {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [value, times] of pairs) {
    count += times;
    sum += value * times;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { count, sum, min, max, values: tidy(pairs) };
}

/** A set of one value, or of equal ones, is as good as its values. */
export const ofSet = (count: number, sum: number, min: number, max: number): Aggregate =>
  count === 1 || min === max ? { count, sum, min, max, values: [[min, count]] } : { count, sum, min, max };

export function merge(a: Aggregate | undefined, b: Aggregate): Aggregate {
  if (!a) return b;
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    ...(a.values && b.values ? { values: tidy([...a.values, ...b.values]) } : {}),
  };
}

function tidy(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const out: [number, number][] = [];
  for (const [value, count] of sorted) {
    const last = out.at(-1);
    if (last && last[0] === value) last[1] += count;
    else out.push([value, count]);
  }
  while (out.length > maxValues) {
    let [at, gap] = [1, Number.POSITIVE_INFINITY];
    for (let i = 1; i < out.length; i++) {
      const width = (out[i]?.[0] ?? 0) - (out[i - 1]?.[0] ?? 0);
      if (width < gap) [at, gap] = [i, width];
    }
    const [left, right] = [out[at - 1], out[at]];
    if (!left || !right) break;
    if (left[1] >= right[1]) left[1] += right[1];
    else out[at - 1] = [right[0], left[1] + right[1]];
    out.splice(at, 1);
  }
  return out;
}

const simple: Readonly<Record<string, (a: Aggregate) => number>> = {
  SampleCount: (a) => a.count,
  Sum: (a) => a.sum,
  Average: (a) => a.sum / a.count,
  Minimum: (a) => a.min,
  Maximum: (a) => a.max,
};

export function checkStatistic(name: string | undefined): string {
  if (name !== undefined && (lookup(simple, name) || /^p(100|\d{1,2}(\.\d{1,10})?)$/.test(name))) return name;
  if (name !== undefined && /^(tm|wm|tc|ts|TM|WM|PR|TC|TS|IQM)/.test(name))
    throw unsupported(`the statistic ${name}`);
  throw invalid(`The value ${name} for parameter Stat is not supported.`);
}

/** @returns undefined for a percentile when only a statistic set is known */
export function statistic(a: Aggregate, name: string): number | undefined {
  const compute = lookup(simple, name);
  if (compute) return compute(a);
  if (!a.values) return undefined;
  const rank = (Number(name.slice(1)) / 100) * a.count;
  let seen = 0;
  for (const [value, count] of a.values) {
    seen += count;
    if (seen >= rank - 1e-9) return value;
  }
  return a.max;
}
