/** Amounts that come back after a delay, by slot. */
export class Wheel {
  readonly #ring: Float64Array;
  readonly #length: number;
  #slot = 0;
  /** All that is on the wheel. */
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

  /** On to the next slot; returns what is due in it. */
  turn(): number {
    this.#slot = (this.#slot + 1) % this.#ring.length;
    const due = this.#ring[this.#slot] ?? 0;
    this.#ring[this.#slot] = 0;
    this.held = Math.max(0, this.held - due);
    return due;
  }
}
