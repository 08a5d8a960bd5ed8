/** What all stations of the exact mode share: the clock, random streams, requests under way and how calls are made. */

import { Random } from '../../../../core/random.ts';
import type { Window } from '../meters.ts';
import type { Call, ErrorKind, Retry } from '../model.ts';
import { num } from '../quantity.ts';
import { Events } from './events.ts';

export type Outcome = 'ok' | ErrorKind;
export type Done = (outcome: Outcome) => void;

/** One request of a user, with the asynchronous work that follows its answer. */
export interface Root {
  pending: number;
  failure: ErrorKind | undefined;
  readonly settled: ((failure: ErrorKind | undefined) => void) | undefined;
  over: boolean;
}

export const hold = (root: Root): void => {
  root.pending++;
};

export function release(root: Root, outcome: Outcome): void {
  if (outcome !== 'ok') root.failure ??= outcome;
  if (--root.pending > 0 || root.over) return;
  root.over = true;
  root.settled?.(root.failure);
}

/** For work that no longer belongs to a request, such as a message in a dead-letter queue. */
export const detached: Root = {
  pending: Number.POSITIVE_INFINITY,
  failure: undefined,
  settled: undefined,
  over: true,
};

/** Who calls: a database counts its clients' connections. */
export interface Client {
  readonly id: string;
  readonly instances: () => number;
}

/** What accepts work: a queue only messages, a poller nothing. */
export interface Station {
  readonly request?: (root: Root, client: Client | undefined, done: Done, route?: string) => void;
  readonly send?: (root: Root) => void;
}

export interface Context {
  readonly events: Events;
  readonly window: Window;
  readonly seed: number;
  readonly stations: Map<string, Station>;
  /** `offered`: what functions would use if nothing were lost; known in flow mode only. */
  readonly account: { readonly limit: number; used: number; offered: number };
}

export function context(window: Window, seed: number, concurrency: number): Context {
  return {
    events: new Events(),
    window,
    seed,
    stations: new Map(),
    account: { limit: concurrency, used: 0, offered: 0 },
  };
}

export const stream = (context: Context, name: string): Random => new Random(context.seed, name);

export function backoff(retry: Retry, attempt: number, random: Random): number {
  const wait = Math.min(num(retry.cap), num(retry.base) * 2 ** (attempt - 1));
  return retry.jitter === 'none' ? wait : wait * random.next();
}

/** A call with its numbers read; one list per caller. */
interface ReadyCall {
  readonly call: Call;
  readonly station: Station;
  readonly send: boolean;
  readonly probability: number;
  readonly times: number;
  readonly attempts: number;
}

export type Calls = (root: Root, client: Client | undefined, done: Done) => void;

/** The calls of a node, made one after the other; ends with the first failure that is not ignored. */
export function readyCalls(context: Context, calls: readonly Call[] | undefined, random: Random): Calls {
  const { events, stations } = context;
  let ready: readonly ReadyCall[] | undefined;
  // Read at the first use: by then every station exists.
  const list = (): readonly ReadyCall[] => {
    ready ??= (calls ?? []).map((call) => {
      const station = stations.get(call.to) ?? {};
      return {
        call,
        station,
        send: station.request === undefined || call.how === 'send',
        probability: num(call.probability, 1),
        times: num(call.times, 1),
        attempts: call.retry ? num(call.retry.attempts) : 1,
      };
    });
    return ready;
  };
  const run = (index: number, time: number, root: Root, client: Client | undefined, done: Done): void => {
    const all = list();
    let i = index;
    let count = time;
    for (; i < all.length; i++, count = 0) {
      const entry = all[i];
      if (!entry) break;
      if (count === 0 && entry.probability < 1 && random.next() >= entry.probability) continue;
      if (entry.send) {
        for (let n = 0; n < entry.times; n++) entry.station.send?.(root);
        continue;
      }
      if (count >= entry.times) continue;
      const again = count + 1 < entry.times ? ([i, count + 1] as const) : ([i + 1, 0] as const);
      attempt(entry, 1, root, client, (outcome) => {
        if (outcome !== 'ok' && entry.call.onError !== 'ignore') done(outcome);
        else run(again[0], again[1], root, client, done);
      });
      return;
    }
    done('ok');
  };
  const attempt = (entry: ReadyCall, n: number, root: Root, client: Client | undefined, done: Done): void => {
    entry.station.request?.(root, client, (outcome) => {
      if (outcome === 'ok' || n >= entry.attempts || !entry.call.retry) done(outcome);
      else
        events.at(events.now + backoff(entry.call.retry, n, random), () =>
          attempt(entry, n + 1, root, client, done),
        );
    });
  };
  return (root, client, done) => run(0, 0, root, client, done);
}
