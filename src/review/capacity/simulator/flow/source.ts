/**
 * One stream of users in the flow mode: its expected arrivals per slot, probes that stand for many of them each, and
 * the retries, by the share of recent probes that failed.
 */
import type { Context } from '../exact/context.ts';
import { stream } from '../exact/context.ts';
import { Requests } from '../exact/source.ts';
import type { EntryResult, LoadEntry } from '../model.ts';
import { num } from '../quantity.ts';
import type { RateCurve } from '../rate-curve.ts';
import { DelayedAmounts } from './delayed-amounts.ts';
import type { FlowStation } from './station.ts';

/** Answers over which the failing share is averaged. */
const memory = 100;

export class FlowSource {
  readonly #entry: LoadEntry;
  readonly #context: Context;
  readonly #curve: RateCurve;
  readonly #cursor = { piece: 0 };
  readonly #requests: Requests;
  readonly #random;
  readonly #target: FlowStation;
  readonly #perProbe: number;
  readonly #again: { readonly delayed: DelayedAmounts; readonly wait: number }[] = [];
  #owed = 0;
  #failing = 0;

  constructor(
    entry: LoadEntry,
    curve: RateCurve,
    context: Context,
    target: FlowStation,
    perProbe: number,
    length: number,
  ) {
    this.#entry = entry;
    this.#context = context;
    this.#curve = curve;
    this.#target = target;
    this.#perProbe = perProbe;
    this.#random = stream(context, `load ${entry.id}`);
    this.#requests = new Requests(entry, context, (outcome) => {
      this.#failing += ((outcome === 'ok' ? 0 : 1) - this.#failing) / memory;
    });
    const { retry } = entry;
    for (let n = 1; retry && n < num(retry.attempts); n++) {
      const full = Math.min(num(retry.cap), num(retry.base) * 2 ** (n - 1));
      const wait = retry.jitter === 'none' ? full : full / 2;
      this.#again.push({ delayed: new DelayedAmounts(wait, length), wait });
    }
  }

  step(now: number, length: number): void {
    const fresh = this.#curve.between(now, now + length, this.#cursor);
    const kind = this.#entry.how ?? 'wait';
    const { route } = this.#entry;
    let attempts = fresh;
    this.#target.flow(fresh, kind, route);
    for (const { delayed, wait } of this.#again) {
      delayed.put(wait, attempts * this.#failing);
      attempts = delayed.advance();
      if (attempts > 0) this.#target.flow(attempts, kind, route);
    }
    this.#probe(now, length, fresh);
  }

  #probe(now: number, length: number, fresh: number): void {
    const before = this.#owed;
    this.#owed += fresh;
    const probes = Math.floor(this.#owed / this.#perProbe);
    // Arrivals left over from earlier slots belong to those: a request before the window must not be counted.
    const { from } = this.#context.window;
    if (now < from && now + length >= from) this.#owed = 0;
    if (probes === 0) return;
    const weight = this.#owed > 0 ? this.#perProbe : (before + fresh) / probes;
    if (this.#owed > 0) this.#owed -= probes * this.#perProbe;
    for (let i = 0; i < probes; i++)
      this.#context.events.at(now + ((i + this.#random.next()) / probes) * length, () =>
        this.#requests.submit(weight),
      );
  }

  result(): EntryResult {
    return this.#requests.result();
  }
}
