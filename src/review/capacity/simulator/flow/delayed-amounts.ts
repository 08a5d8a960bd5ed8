/** Amounts that become due after a delay, counted by time slot. */
export class DelayedAmounts {
  readonly #ring: Float64Array;
  readonly #length: number;
  #slot = 0;
  /** The sum of what is not due yet. */
  held = 0;

  constructor(longest: number, length: number) {
    this.#length = length;
    this.#ring = new Float64Array(Math.ceil(longest / length) + 3);
  }

  put(delay: number, amount: number): void {
    const ahead = Math.min(this.#ring.length - 1, Math.max(1, Math.round(delay / this.#length)));
    const i = (this.#slot + ahead) % this.#ring.length;
    this.#ring[i] = (this.#ring[i] ?? 0) + amount;
    this.held += amount;
  }

  /** Goes on to the next slot and returns what is due in it. */
  advance(): number {
    this.#slot = (this.#slot + 1) % this.#ring.length;
    const due = this.#ring[this.#slot] ?? 0;
    this.#ring[this.#slot] = 0;
    this.held = Math.max(0, this.held - due);
    return due;
  }
}
