/** Shares and truncated means of a service time, from a fixed set of sorted draws: any distribution, one table. */

import type { Random } from '../../../../core/random.ts';
import type { Sampler } from '../distribution.ts';

const draws = 4096;

export class Durations {
  readonly #sorted: Float64Array;
  readonly #sums: Float64Array;

  constructor(sampler: Sampler, random: Random) {
    this.#sorted = Float64Array.from({ length: draws }, () => sampler.sample(random)).sort();
    this.#sums = new Float64Array(draws + 1);
    for (let i = 0; i < draws; i++) this.#sums[i + 1] = (this.#sums[i] ?? 0) + (this.#sorted[i] ?? 0);
  }

  #below(limit: number): number {
    let low = 0;
    let high = draws;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? 0) <= limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  shareAbove(limit: number): number {
    return 1 - this.#below(limit) / draws;
  }

  /** How much shorter the mean is when nothing lasts longer than `limit`. */
  cut(limit: number): number {
    const below = this.#below(limit);
    return ((this.#sums[draws] ?? 0) - (this.#sums[below] ?? 0) - (draws - below) * limit) / draws;
  }
}
