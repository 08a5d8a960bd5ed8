/** The execution environments of a function in expectation: how many are kept warm, how many start cold. */
import { keepWarmDefault } from '../exact/environments.ts';
import type { FunctionNode } from '../model.ts';
import { num } from '../quantity.ts';
import { TokenBucket } from '../token-bucket.ts';
import { type WarmLevels, warmLevels } from './formulas.ts';

export class FlowEnvironments {
  readonly #keepWarm: number;
  readonly #provisioned: number;
  readonly #rate: TokenBucket;
  /** The highest number of the last `keepWarm` seconds stays warm; kept as a falling list of candidates. */
  readonly #window: { at: number; alive: number }[] = [];
  #levels: WarmLevels = { alive: 0, coldRate: 0 };
  #levelsFor = { rate: -1, time: -1 };
  alive: number;
  /** More new environments are needed than may start. */
  starved = false;

  constructor(node: FunctionNode) {
    this.#keepWarm = num(node.keepWarm, keepWarmDefault);
    this.#provisioned = num(node.provisionedConcurrency, 0);
    const environments = num(node.scaling?.environments, 1000);
    this.#rate = new TokenBucket(environments / num(node.scaling?.per, 10), environments);
    this.alive = this.#provisioned;
  }

  /** One slot at `rate` invocations a second of `time` each; returns the cold starts in it. */
  step(now: number, length: number, rate: number, time: number, limit: number): number {
    const last = this.#levelsFor;
    if (Math.abs(rate - last.rate) > 0.003 * rate || Math.abs(time - last.time) > 0.01 * time) {
      this.#levels = warmLevels(rate, time, this.#keepWarm, this.#provisioned);
      this.#levelsFor = { rate, time };
    }
    const window = this.#window;
    while (window.length > 0 && (window[window.length - 1]?.alive ?? 0) <= this.#levels.alive) window.pop();
    window.push({ at: now, alive: this.#levels.alive });
    while ((window[0]?.at ?? now) < now - this.#keepWarm) window.shift();
    const wanted = Math.min(limit, window[0]?.alive ?? 0);
    // Each arrival starts at most one.
    const rise = Math.min(rate * length, Math.max(0, wanted - this.alive));
    const granted = rise > 0 ? this.#rate.takeUpTo(now, rise, length) : 0;
    this.starved = granted < rise - 1e-9;
    this.alive = Math.max(this.#provisioned, wanted > this.alive ? this.alive + granted : wanted);
    return Math.min(rate * length, granted + this.#levels.coldRate * length);
  }
}
