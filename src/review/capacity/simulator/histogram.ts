/**
 * Latencies in logarithmic buckets 1 % wide from a microsecond to a year: memory does not grow with the number of
 * requests, a percentile is within 0.5 % of the true one. Mean and maximum are exact.
 */
import type { LatencySummary } from './model.ts';

const smallest = 1e-6;
const width = Math.log(1.01);
const buckets = Math.ceil(Math.log(3.2e7 / smallest) / width);

export class Histogram {
  readonly #counts = new Float64Array(buckets + 1);
  #count = 0;
  #sum = 0;
  #max = 0;

  add(seconds: number, weight = 1): void {
    const index = seconds <= smallest ? 0 : 1 + Math.floor(Math.log(seconds / smallest) / width);
    const at = Math.min(buckets, index);
    this.#counts[at] = (this.#counts[at] ?? 0) + weight;
    this.#count += weight;
    this.#sum += seconds * weight;
    if (seconds > this.#max) this.#max = seconds;
  }

  #value(index: number): number {
    return index === 0 ? 0 : Math.min(this.#max, smallest * Math.exp((index - 0.5) * width));
  }

  quantile(share: number): number {
    if (this.#count === 0) return 0;
    const wanted = share * this.#count;
    let sum = 0;
    for (let i = 0; i <= buckets; i++) {
      sum += this.#counts[i] ?? 0;
      if (sum >= wanted && sum > 0) return this.#value(i);
    }
    return this.#max;
  }

  summary(): LatencySummary {
    return {
      count: this.#count,
      mean: this.#count > 0 ? this.#sum / this.#count : 0,
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
      max: this.#max,
    };
  }

  /** [seconds, cumulative share] at most `points` of them, each where the share has grown by a visible step. */
  curve(points = 64): [number, number][] {
    const result: [number, number][] = [];
    if (this.#count === 0) return result;
    let sum = 0;
    let shown = 0;
    for (let i = 0; i <= buckets; i++) {
      sum += this.#counts[i] ?? 0;
      if (sum > 0 && (sum - shown >= this.#count / (points - 2) || (sum >= this.#count && shown < sum))) {
        result.push([this.#value(i), Math.min(1, sum / this.#count)]);
        shown = sum;
        if (result.length === points) break;
      }
    }
    return result;
  }
}
