/**
 * Counts use in AWS's billing units, per service, dimension and resource, and per hour. Kept in memory and
 * written once a second: a kill can cost the last second of the count, never of the data.
 */
import type { Clock } from '../../core/clock.ts';
import type { MeterRecord, MeterTotal } from '../../core/usage.ts';
import type { Store } from '../store/store.ts';

export interface Meter {
  record(record: MeterRecord): void;
  /** Everything recorded, oldest hour first. */
  totals(): readonly MeterTotal[];
  flush(): void;
  stop(): void;
}

const hourMs = 3_600_000;

export function createMeter(store: Store, clock: Clock): Meter {
  const kept = store.collection<number>('meter');
  const pending = new Map<string, { key: [number, string, string, string]; quantity: number }>();
  const flush = () => {
    if (pending.size === 0) return;
    store.transaction(() => {
      for (const { key, quantity } of pending.values()) kept.put(key, (kept.get(key) ?? 0) + quantity);
    });
    pending.clear();
  };
  const timer = clock.every(1000, flush);
  return {
    record({ service, usage, quantity, resource = '' }) {
      const hour = Math.floor(clock.now() / hourMs) * hourMs;
      const id = `${hour} ${service} ${usage} ${resource}`;
      const entry = pending.get(id);
      if (entry) entry.quantity += quantity;
      else pending.set(id, { key: [hour, service, usage, resource], quantity });
    },
    totals() {
      flush();
      return [...kept.entries()].map(([[hour, service, usage, resource], quantity]) => ({
        hour: Number(hour),
        service: String(service),
        usage: String(usage),
        quantity,
        ...(resource ? { resource: String(resource) } : {}),
      }));
    },
    flush,
    stop() {
      timer.cancel();
      flush();
    },
  };
}
