/**
 * A rate over time as straight pieces: every kind of load becomes one, so that expected counts are exact sums and the
 * next arrival is found by inverting the integral (no thinning, whose cost would follow the highest peak).
 */
import type { Rate } from './model.ts';
import { num } from './quantity.ts';

/** Pieces per period of a sine: its straight-line error is below 0.03 % of the amplitude. */
const sinePieces = 144;

export class RateCurve {
  /** Piece i runs from starts[i] to starts[i+1] (or the end), from rate first[i] to last[i]. */
  readonly #starts: number[] = [];
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #end: number;

  constructor(rate: Rate, duration: number) {
    this.#end = duration;
    switch (rate.kind) {
      case 'steady':
        this.#piece(0, duration, num(rate.rate), num(rate.rate));
        break;
      case 'spike': {
        const base = num(rate.base);
        const at = num(rate.at);
        const until = at + num(rate.length);
        this.#piece(0, at, base, base);
        this.#piece(at, until, num(rate.peak), num(rate.peak));
        this.#piece(until, duration, base, base);
        break;
      }
      case 'ramp': {
        const start = num(rate.start, 0);
        const until = start + num(rate.length);
        this.#piece(0, start, num(rate.from), num(rate.from));
        this.#piece(start, until, num(rate.from), num(rate.to));
        this.#piece(until, duration, num(rate.to), num(rate.to));
        break;
      }
      case 'recorded':
        this.#recorded(rate.points);
        break;
      case 'daily':
        this.#daily(num(rate.mean), num(rate.peakRatio), num(rate.peakAt, 50_400), num(rate.period, 86_400));
        break;
    }
  }

  #piece(from: number, to: number, first: number, last: number): void {
    const until = Math.min(to, this.#end);
    if (until <= from) return;
    this.#starts.push(from);
    this.#first.push(first);
    this.#last.push(to > until ? first + ((last - first) * (until - from)) / (to - from) : last);
  }

  #recorded(points: readonly (readonly [number, number])[]): void {
    const [start, rate] = points[0] ?? [0, 0];
    this.#piece(0, start, rate, rate);
    for (let i = 1; i < points.length; i++) {
      const [t0, r0] = points[i - 1] ?? [0, 0];
      const [t1, r1] = points[i] ?? [0, 0];
      this.#piece(t0, t1, r0, r1);
    }
    const [last, after] = points[points.length - 1] ?? [0, 0];
    this.#piece(last, this.#end, after, after);
  }

  #daily(mean: number, ratio: number, peakAt: number, period: number): void {
    const at = (t: number) => mean * (1 + (ratio - 1) * Math.cos((2 * Math.PI * (t - peakAt)) / period));
    const step = period / sinePieces;
    for (let i = 0; i * step < this.#end; i++)
      this.#piece(i * step, (i + 1) * step, at(i * step), at((i + 1) * step));
  }

  #stop(piece: number): number {
    return this.#starts[piece + 1] ?? this.#end;
  }

  #at(piece: number, t: number): number {
    const from = this.#starts[piece] ?? 0;
    const first = this.#first[piece] ?? 0;
    const last = this.#last[piece] ?? 0;
    return first + ((last - first) * (t - from)) / (this.#stop(piece) - from);
  }

  /** Expected arrivals between two times, walking on from `cursor`. */
  between(from: number, to: number, cursor: Cursor): number {
    let sum = 0;
    let t = from;
    while (t < to && cursor.piece < this.#starts.length) {
      const stop = Math.min(to, this.#stop(cursor.piece));
      sum += ((this.#at(cursor.piece, t) + this.#at(cursor.piece, stop)) / 2) * (stop - t);
      t = stop;
      if (t >= this.#stop(cursor.piece)) cursor.piece++;
    }
    return sum;
  }

  total(): number {
    return this.between(0, this.#end, { piece: 0 });
  }

  /** The time by which `need` more arrivals are expected after `t`; infinity when the curve ends before. */
  next(t: number, need: number, cursor: Cursor): number {
    let rest = need;
    let at = t;
    while (cursor.piece < this.#starts.length) {
      const stop = this.#stop(cursor.piece);
      const r0 = this.#at(cursor.piece, at);
      const r1 = this.#at(cursor.piece, stop);
      const length = stop - at;
      const held = ((r0 + r1) / 2) * length;
      if (held >= rest && held > 0) {
        const slope = (r1 - r0) / length;
        // r0·x + slope·x²/2 = rest, in the form that is stable for slope → 0.
        const x = (2 * rest) / (r0 + Math.sqrt(Math.max(0, r0 * r0 + 2 * slope * rest)));
        return at + Math.min(x, length);
      }
      rest -= held;
      at = stop;
      cursor.piece++;
    }
    return Number.POSITIVE_INFINITY;
  }
}

/** A position on the curve; it only moves forward. */
interface Cursor {
  piece: number;
}
