/** Streams of users: arrivals by their rate, retries with backoff, and what became of each request. */
import { EntryStats } from '../entry-stats.ts';
import type { EntryResult, LoadEntry } from '../model.ts';
import { num } from '../quantity.ts';
import type { RateCurve } from '../rate-curve.ts';
import { backoff, type Context, hold, type Outcome, type Root, release, stream } from './context.ts';
import { Deadlines } from './deadlines.ts';

/** Follows requests of one entry from submission to the end; `weight` is how many users each stands for. */
export class Requests {
  readonly #entry: LoadEntry;
  readonly #context: Context;
  readonly #stats = new EntryStats();
  readonly #random;
  readonly #deadlines: Deadlines;
  readonly #attempts: number;
  readonly #answered: ((outcome: Outcome) => void) | undefined;

  constructor(entry: LoadEntry, context: Context, answered?: (outcome: Outcome) => void) {
    this.#entry = entry;
    this.#context = context;
    this.#answered = answered;
    this.#random = stream(context, `retries ${entry.id}`);
    this.#deadlines = new Deadlines(context.events, num(entry.timeout, Number.POSITIVE_INFINITY));
    this.#attempts = entry.retry ? num(entry.retry.attempts) : 1;
  }

  submit(weight: number): void {
    const { events, stations, window } = this.#context;
    const submitted = events.now;
    const counted = submitted >= window.from;
    const stats = this.#stats;
    const entry = this.#entry;
    if (counted) {
      stats.arrivals += weight;
      stats.inFlight += weight;
    }
    const root: Root = {
      pending: 0,
      failure: undefined,
      over: false,
      settled: counted ? (failure) => stats.settle(failure, events.now - submitted, weight) : undefined,
    };
    const station = stations.get(entry.to);
    hold(root);
    if (!station?.request || entry.how === 'send') {
      station?.send?.(root);
      if (counted) {
        stats.attempts += weight;
        stats.response.add(0, weight);
      }
      release(root, 'ok');
      return;
    }
    const attempt = (n: number): void => {
      if (counted) stats.attempts += weight;
      let answered = false;
      const answer = (outcome: Outcome): void => {
        if (answered) return;
        answered = true;
        this.#answered?.(outcome);
        if (outcome !== 'ok' && n < this.#attempts && entry.retry) {
          events.at(events.now + backoff(entry.retry, n, this.#random), () => attempt(n + 1));
          return;
        }
        if (counted && outcome === 'ok') stats.response.add(events.now - submitted, weight);
        release(root, outcome);
      };
      this.#deadlines.add({ met: () => answered, expire: () => answer('timeout') });
      station.request?.(root, undefined, answer, entry.route);
    };
    attempt(1);
  }

  result(): EntryResult {
    return this.#stats.result(this.#entry.id, this.#entry.to);
  }
}

/** Every arrival of one entry, as an event. */
export class Source {
  readonly #requests: Requests;

  constructor(entry: LoadEntry, curve: RateCurve, context: Context) {
    this.#requests = new Requests(entry, context);
    const { events } = context;
    const random = stream(context, `load ${entry.id}`);
    const cursor = { piece: 0 };
    const need = entry.arrivals === 'deterministic' ? () => 1 : () => random.exponential();
    let next = curve.next(0, need(), cursor);
    const arrive = () => {
      this.#requests.submit(1);
      next = curve.next(next, need(), cursor);
      if (Number.isFinite(next)) events.at(next, arrive);
    };
    if (Number.isFinite(next)) events.at(next, arrive);
  }

  result(): EntryResult {
    return this.#requests.result();
  }
}
