/** A token bucket that refills continuously: API throttles, table throughput, launch and scaling rates. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #at = 0;

  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
  }

  #refill(now: number): void {
    if (now <= this.#at) return;
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) * this.#rate);
    this.#at = now;
  }

  take(now: number): boolean {
    this.#refill(now);
    // A token refilled over many small steps may miss 1 by rounding.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens -= 1;
    return true;
  }

  /** As many of `wanted` as there are by the end of an interval of `length` seconds; fractions allowed. */
  takeUpTo(now: number, wanted: number, length: number): number {
    this.#refill(now);
    const available = Math.min(this.#burst + length * this.#rate, this.#tokens + length * this.#rate);
    const taken = Math.min(wanted, available);
    this.#tokens = Math.min(this.#burst, available - taken);
    this.#at = now + length;
    return taken;
  }

  /** Takes a token that may not be there yet; returns when it will be. */
  reserve(now: number): number {
    this.#refill(now);
    this.#tokens -= 1;
    return this.#tokens >= 0 ? now : now - this.#tokens / this.#rate;
  }
}
