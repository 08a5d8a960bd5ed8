/**
 * The events of a cloud, kept in its state folder: numbered from 1, in order, the newest of them. A reader gives the
 * number that it has read to and misses nothing after it, also over a restart. Events are written in groups, and
 * read only once they are written: a number that somebody has seen is never given to another event, even when the
 * process is killed. A kill can cost what happened in the last moment before it. Recording never throws: events that
 * cannot be written, because the disk is full, wait in memory, and the newest of them are written when there is room.
 */
import type { Clock, Timer } from '../core/clock.ts';
import { type EventName, eventKinds, isAtLeast, type Severity, type SlipwayEvent } from '../core/events.ts';
import type { Store } from './store/store.ts';

export type KeptEvent = SlipwayEvent & {
  readonly number: number;
  /** On the cloud's clock, ms since the epoch. */
  readonly time: number;
  /** How often it happened in the moment that was written together. */
  readonly times: number;
};

export interface EventPage {
  readonly events: readonly KeptEvent[];
  /** The oldest number that is still kept; what came before is gone. */
  readonly oldest: number;
  /** Read on after this. */
  readonly last: number;
}

export interface EventQuery {
  /** The number that was read to; 0 (the default) reads from the oldest. */
  readonly after?: number;
  /** Default 1000. */
  readonly limit?: number;
  /** Only events at least as serious as this. Default `debug`. */
  readonly minSeverity?: Severity;
}

export interface EventLog {
  record(event: SlipwayEvent): void;
  /** The newest number that is written; 0 when there is none. */
  last(): number;
  read(query?: EventQuery): EventPage;
  /** The newest events, oldest first. */
  newest(limit: number, minSeverity: Severity): readonly KeptEvent[];
  /** Events after a number: those that are kept, then each as it is written, until the signal aborts or the cloud stops. */
  follow(query: EventQuery, signal: AbortSignal): AsyncIterable<KeptEvent>;
  /** Resolves when there are events after the number, after `ms` of real time, or when the log stops. */
  wait(after: number, ms: number): Promise<void>;
  stop(): void;
}

interface Bounds {
  readonly oldest: number;
  readonly last: number;
  readonly bytes: number;
}

interface Kept {
  readonly time: number;
  readonly times: number;
  /** A SlipwayEvent as JSON. */
  readonly event: string;
}

const flushAfterMs = 50;
/** After a write that failed. */
const tryAgainAfterMs = 1000;
/** Different events that wait for a write. */
const maxPending = 1000;

interface EventLogLimits {
  readonly maxEvents: number;
  readonly maxBytes: number;
}

export function createEventLog(
  store: Store,
  clock: Clock,
  { maxEvents, maxBytes }: EventLogLimits = { maxEvents: 10_000, maxBytes: 8 * 1024 * 1024 },
): EventLog {
  const kept = store.collection<Kept>('events');
  const boundsKept = store.collection<Bounds>('events-bounds');
  let bounds: Bounds = boundsKept.get('bounds') ?? { oldest: 1, last: 0, bytes: 0 };
  /** Not written yet, by their text: a repeated event is one with a count. */
  let pending = new Map<string, { readonly time: number; times: number }>();
  let timer: Timer | undefined;
  let stopped = false;
  let waiting: (() => void)[] = [];

  function flush(): void {
    timer?.cancel();
    timer = undefined;
    if (pending.size === 0) return;
    try {
      bounds = write(pending);
      pending = new Map();
    } catch {
      // To report it would only make another event that cannot be written.
      if (!stopped) timer = clock.afterReal(tryAgainAfterMs, flush);
      return;
    }
    wake();
  }

  function write(group: ReadonlyMap<string, { readonly time: number; readonly times: number }>): Bounds {
    return store.transaction(() => {
      let { oldest, last, bytes } = bounds;
      for (const [event, { time, times }] of group) {
        kept.put(++last, { time, times, event });
        bytes += event.length;
      }
      while (oldest < last && (last - oldest >= maxEvents || bytes > maxBytes)) {
        bytes -= kept.get(oldest)?.event.length ?? 0;
        kept.delete(oldest++);
      }
      const after = { oldest, last, bytes };
      boundsKept.put('bounds', after);
      return after;
    });
  }

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  /** What an older or newer Slipway wrote may have names that this one does not know. */
  function parse(number: number, { time, times, event }: Kept): KeptEvent | undefined {
    const parsed = JSON.parse(event) as SlipwayEvent;
    return Object.hasOwn(eventKinds, parsed.name satisfies EventName)
      ? { ...parsed, number, time, times }
      : undefined;
  }

  function read({ after = 0, limit = 1000, minSeverity = 'debug' }: EventQuery = {}): EventPage {
    if (stopped) return { events: [], oldest: bounds.oldest, last: after };
    const events: KeptEvent[] = [];
    let last = Math.min(after, bounds.last);
    for (const [[key], value] of kept.entries({ after: last })) {
      last = Number(key);
      const event = parse(last, value);
      if (event && isAtLeast(event, minSeverity)) events.push(event);
      if (events.length >= limit) break;
    }
    return { events, oldest: bounds.oldest, last };
  }

  function wait(after: number, ms: number | undefined, signal?: AbortSignal): Promise<void> {
    if (stopped || bounds.last > after || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timeout = ms === undefined ? undefined : clock.afterReal(ms, done);
      signal?.addEventListener('abort', done, { once: true });
      waiting.push(done);
      function done() {
        timeout?.cancel();
        signal?.removeEventListener('abort', done);
        waiting = waiting.filter((one) => one !== done);
        resolve();
      }
    });
  }

  return {
    record(event) {
      if (stopped) return;
      const text = JSON.stringify({ name: event.name, data: event.data });
      const same = pending.get(text);
      if (same) same.times++;
      else {
        pending.set(text, { time: clock.now(), times: 1 });
        const [oldest] = pending.keys();
        if (pending.size > maxPending && oldest !== undefined) pending.delete(oldest);
      }
      timer ??= clock.afterReal(flushAfterMs, flush);
    },
    last: () => bounds.last,
    read,
    newest(limit, minSeverity) {
      const events: KeptEvent[] = [];
      for (const [[key], value] of kept.entries({ reverse: true })) {
        const event = parse(Number(key), value);
        if (event && isAtLeast(event, minSeverity)) events.unshift(event);
        if (events.length >= limit) break;
      }
      return events;
    },
    async *follow({ after = 0, ...query }, signal) {
      for (let from = after; !stopped && !signal.aborted; ) {
        const page = read({ ...query, after: from });
        yield* page.events;
        from = page.last;
        await wait(from, undefined, signal);
      }
    },
    wait,
    stop() {
      stopped = true;
      flush();
      wake();
    },
  };
}
