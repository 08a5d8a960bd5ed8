/**
 * Counts use in AWS's billing units, per service, dimension and resource, and per hour. Kept in memory and
 * written once a second: a kill can cost the last second of the count, never of the data.
 */
import type { Clock } from '../../core/clock.ts';
import type { Scope } from '../../core/regions.ts';
import type { MeterRecord, MeterTotal } from '../../core/usage.ts';
import type { Collection, Store } from '../store/store.ts';

export interface Meter {
  record(record: MeterRecord, scope: Scope): void;
  /** Everything recorded, oldest hour first. */
  totals(): readonly MeterTotal[];
  /** How long the cloud has run since it first recorded something, in seconds; time in which it was stopped not counted. */
  runningSeconds(): number;
  flush(): void;
  stop(): void;
}

const hourMs = 3_600_000;
/** How often the running time is written when nothing is recorded: an idle cloud does not write every second. */
const idleWriteMs = 60_000;

type MeterKey = [hour: number, service: string, usage: string, resource: string, ...scope: string[]];

/** @param home use there is kept without its account and region, as before there were others */
export function createMeter(store: Store, clock: Clock, home: Scope): Meter {
  const kept = store.collection<number>('meter');
  const pending = new Map<string, { key: MeterKey; quantity: number }>();
  const ran = store.collection<number>('meter-running');
  let running = ran.get(['seconds']) ?? hoursOf(kept) * 3600;
  let isCounting = running > 0;
  let countedUntil = clock.now();
  let writtenAt = countedUntil;
  const count = () => {
    const now = clock.now();
    if (isCounting) running += Math.max(0, now - countedUntil) / 1000;
    countedUntil = now;
  };
  const flush = () => {
    count();
    if (pending.size === 0 && countedUntil - writtenAt < idleWriteMs) return;
    writtenAt = countedUntil;
    store.transaction(() => {
      if (isCounting) ran.put(['seconds'], running);
      for (const { key, quantity } of pending.values()) kept.put(key, (kept.get(key) ?? 0) + quantity);
    });
    pending.clear();
  };
  const timer = clock.every(1000, flush);
  return {
    record({ service, usage, quantity, resource = '' }, { accountId, region }) {
      if (!isCounting) {
        count();
        isCounting = true;
      }
      const hour = Math.floor(clock.now() / hourMs) * hourMs;
      const atHome = region === home.region && accountId === home.accountId;
      const id = `${hour} ${service} ${usage} ${resource}${atHome ? '' : ` ${accountId} ${region}`}`;
      const entry = pending.get(id);
      if (entry) entry.quantity += quantity;
      else {
        const key: MeterKey = [hour, service, usage, resource];
        pending.set(id, { key: atHome ? key : [...key, accountId, region], quantity });
      }
    },
    totals() {
      flush();
      return [...kept.entries()].map(([[hour, service, usage, resource, accountId, region], quantity]) => ({
        hour: Number(hour),
        service: String(service),
        usage: String(usage),
        quantity,
        ...(accountId === undefined ? {} : { accountId: String(accountId), region: String(region) }),
        ...(resource ? { resource: String(resource) } : {}),
      }));
    },
    runningSeconds() {
      count();
      return running;
    },
    flush,
    stop() {
      timer.cancel();
      writtenAt = Number.NEGATIVE_INFINITY;
      flush();
    },
  };
}

/** Of a state folder whose running time was not written yet: the clock hours that it has records of. */
const hoursOf = (kept: Collection<number>): number =>
  new Set([...kept.entries()].map(([[hour]]) => hour)).size;
