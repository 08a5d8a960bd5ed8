/** Counters and gauges over the counted window, in a fixed number of time buckets. */

export interface Window {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

const bucketOf = (window: Window, t: number): number =>
  Math.min(
    window.points - 1,
    Math.max(0, Math.floor(((t - window.from) / (window.to - window.from)) * window.points)),
  );

export const bucketTimes = (window: Window): number[] =>
  Array.from(
    { length: window.points },
    (_, i) => window.from + ((window.to - window.from) * i) / window.points,
  );

/** Things that happen. Those before the window are not counted. */
export class Counter {
  readonly buckets: Float64Array;
  readonly #window: Window;
  total = 0;

  constructor(window: Window) {
    this.#window = window;
    this.buckets = new Float64Array(window.points);
  }

  add(now: number, amount = 1): void {
    if (now < this.#window.from) return;
    this.total += amount;
    const i = bucketOf(this.#window, now);
    this.buckets[i] = (this.buckets[i] ?? 0) + amount;
  }
}

/** A level that lasts: its average per bucket, its integral and its peak. */
export class Gauge {
  readonly #integrals: Float64Array;
  readonly #window: Window;
  value = 0;
  /** Value × seconds since the simulation began, warm-up included: metrics for scaling read it. */
  #sum = 0;
  #since = 0;
  #before = 0;
  peak = 0;

  constructor(window: Window, initial = 0) {
    this.#window = window;
    this.#integrals = new Float64Array(window.points);
    this.value = initial;
  }

  set(now: number, value: number): void {
    this.#advance(now);
    this.value = value;
    if (now >= this.#window.from && value > this.peak) this.peak = value;
  }

  add(now: number, change: number): void {
    this.set(now, this.value + change);
  }

  /** Level × time from the beginning to `now`. */
  integral(now: number): number {
    return this.#sum + this.value * (now - this.#since);
  }

  /** The same over the counted window only. */
  windowIntegral(now: number): number {
    this.#advance(now);
    return this.integral(now) - this.#before;
  }

  #advance(now: number): void {
    const { from, to, points } = this.#window;
    if (now <= this.#since) return;
    const start = Math.max(this.#since, from);
    if (this.#since < from && now >= from) this.#before = this.#sum + this.value * (from - this.#since);
    this.#sum += this.value * (now - this.#since);
    this.#since = now;
    if (now <= from || this.value === 0) return;
    if (this.value > this.peak) this.peak = this.value;
    const width = (to - from) / points;
    let i = bucketOf(this.#window, start);
    const last = bucketOf(this.#window, now);
    let t = start;
    for (; i <= last; i++) {
      const stop = i === last ? now : from + (i + 1) * width;
      this.#integrals[i] = (this.#integrals[i] ?? 0) + this.value * (stop - t);
      t = stop;
    }
  }

  averages(end: number): number[] {
    this.#advance(end);
    const width = (this.#window.to - this.#window.from) / this.#window.points;
    return Array.from(this.#integrals, (sum) => sum / width);
  }
}

/** The greatest value seen in each bucket. */
export class Peaks {
  readonly buckets: Float64Array;
  readonly #window: Window;
  peak = 0;

  constructor(window: Window) {
    this.#window = window;
    this.buckets = new Float64Array(window.points);
  }

  see(now: number, value: number): void {
    if (now < this.#window.from) return;
    const i = bucketOf(this.#window, now);
    if (value > (this.buckets[i] ?? 0)) this.buckets[i] = value;
    if (value > this.peak) this.peak = value;
  }
}
