/**
 * The execution environments of one function: the last one used is taken first, idle ones go after a while, new ones
 * come at a limited rate and within the concurrency limits. docs: lambda-concurrency, scaling-behavior.
 */
import type { FunctionNode } from '../model.ts';
import { num } from '../quantity.ts';
import { TokenBucket } from '../token-bucket.ts';
import type { Context } from './context.ts';

type Start = 'warm' | 'cold' | 'throttled';

/** Assumed: AWS does not publish how long it keeps an idle environment; reports range from 5 to 15 minutes. */
export const keepWarmDefault = 420;

export class Environments {
  readonly #account: Context['account'];
  readonly #reserved: number | undefined;
  readonly provisioned: number;
  readonly #keepWarm: number;
  readonly #rate: TokenBucket;
  /** When each idle on-demand environment was last used, rising; taken from the end, dropped from `#head`. */
  readonly #idle: number[] = [];
  #head = 0;
  #busyProvisioned = 0;
  #busyOnDemand = 0;

  constructor(node: FunctionNode, account: Context['account']) {
    this.#account = account;
    this.#reserved = node.reservedConcurrency === undefined ? undefined : num(node.reservedConcurrency);
    this.provisioned = num(node.provisionedConcurrency, 0);
    this.#keepWarm = num(node.keepWarm, keepWarmDefault);
    const environments = num(node.scaling?.environments, 1000);
    this.#rate = new TokenBucket(environments / num(node.scaling?.per, 10), environments);
  }

  get busy(): number {
    return this.#busyProvisioned + this.#busyOnDemand;
  }

  /** Environments that exist, busy or idle. */
  alive(now: number): number {
    while (this.#head < this.#idle.length && (this.#idle[this.#head] ?? 0) + this.#keepWarm <= now)
      this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#idle.length) {
      this.#idle.splice(0, this.#head);
      this.#head = 0;
    }
    return this.provisioned + this.#busyOnDemand + this.#idle.length - this.#head;
  }

  take(now: number): Start {
    if (this.#busyProvisioned < this.provisioned) {
      this.#busyProvisioned++;
      return 'warm';
    }
    const free =
      this.#reserved === undefined
        ? this.#account.used < this.#account.limit
        : this.provisioned + this.#busyOnDemand < this.#reserved;
    if (!free) return 'throttled';
    this.alive(now);
    const warm = this.#idle.length > this.#head;
    if (!warm && !this.#rate.take(now)) return 'throttled';
    if (warm) this.#idle.pop();
    this.#busyOnDemand++;
    if (this.#reserved === undefined) this.#account.used++;
    return warm ? 'warm' : 'cold';
  }

  release(now: number): void {
    // On-demand environments become idle first, so that provisioned ones are free for the next invocation.
    if (this.#busyOnDemand > 0) {
      this.#busyOnDemand--;
      if (this.#reserved === undefined) this.#account.used--;
      this.#idle.push(now);
    } else this.#busyProvisioned--;
  }
}
