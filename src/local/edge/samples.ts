/**
 * How long pieces of work took, by what did them: a function's invocations, a queue's messages from receive to delete.
 * The newest of each are kept, in memory and written once a second, as the meter is.
 */
import type { Clock } from '../../core/clock.ts';
import type { WorkSample } from '../service.ts';
import type { Store } from '../store/store.ts';

interface SampleSeries {
  readonly service: string;
  readonly what: string;
  readonly resource: string;
  /** Oldest first. */
  readonly seconds: readonly number[];
}

export interface Samples {
  record(sample: WorkSample): void;
  list(): readonly SampleSeries[];
  stop(): void;
}

/** Of each series; a p99 needs some hundreds. */
const maxSamples = 1000;

export function createSamples(store: Store, clock: Clock): Samples {
  const kept = store.collection<readonly number[]>('samples');
  const pending = new Map<string, { key: [string, string, string]; seconds: number[] }>();
  const flush = () => {
    if (pending.size === 0) return;
    store.transaction(() => {
      for (const { key, seconds } of pending.values())
        kept.put(key, [...(kept.get(key) ?? []), ...seconds].slice(-maxSamples));
    });
    pending.clear();
  };
  const timer = clock.every(1000, flush);
  return {
    record({ service, what, resource, seconds }) {
      const id = `${service} ${what} ${resource}`;
      const entry = pending.get(id);
      if (entry) entry.seconds.push(seconds);
      else pending.set(id, { key: [service, what, resource], seconds: [seconds] });
    },
    list() {
      flush();
      return [...kept.entries()].map(([[service, what, resource], seconds]) => ({
        service: String(service),
        what: String(what),
        resource: String(resource),
        seconds,
      }));
    },
    stop() {
      timer.cancel();
      flush();
    },
  };
}
