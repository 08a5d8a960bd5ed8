/**
 * Time as a dependency. Everything that waits or stamps asks the clock it was given, so that tests and drills
 * can move time forward; nothing else in the tree reads Date.now or sets timers.
 */

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Simulated time, in ms since the epoch. Follows real time, plus whatever was advanced. */
  now(): number;
  /** Real time, in ms since the epoch: what other processes' clocks show (signatures carry it). */
  wall(): number;
  /** Runs `task` once, `ms` of simulated time from now. */
  after(ms: number, task: () => void): Timer;
  /** Resolves after `ms` of simulated time, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface MovableClock extends Clock {
  /** Moves simulated time forward by `ms`, running every timer that falls due, in order of its due time. */
  advance(ms: number): Promise<void>;
}

interface Pending {
  readonly due: number;
  readonly task: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** Dates end in the year 275760, and a schedule of every minute fires 53 million times in a hundred years. */
export const maxAdvanceDays = 36_500;

/** setTimeout counts in a signed 32-bit number of ms; longer waits are taken in laps. */
const longestTimeout = 2 ** 31 - 1;

interface ClockOptions {
  /** ms that simulated time is already ahead (kept in the state folder over restarts). */
  readonly offset?: number;
  /** Whether a pending timer keeps the process alive: a command that waits does, a service that may be idle does not. */
  readonly keepAlive?: boolean;
}

export function createClock(options: ClockOptions = {}): MovableClock & { offset(): number } {
  let ahead = options.offset ?? 0;
  const pending = new Set<Pending>();
  const now = () => Date.now() + ahead;

  const arm = (entry: Pending) => {
    entry.handle = setTimeout(
      () => {
        if (entry.due > now()) return arm(entry);
        pending.delete(entry);
        entry.task();
      },
      Math.min(Math.max(0, entry.due - now()), longestTimeout),
    );
    if (!options.keepAlive) entry.handle.unref();
  };

  const after = (ms: number, task: () => void): Timer => {
    const entry: Pending = { due: now() + Math.max(0, ms), task, handle: undefined };
    pending.add(entry);
    arm(entry);
    return {
      cancel() {
        pending.delete(entry);
        clearTimeout(entry.handle);
      },
    };
  };

  return {
    now,
    wall: () => Date.now(),
    after,
    offset: () => ahead,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const timer = after(ms, done);
        function done() {
          signal?.removeEventListener('abort', done);
          timer.cancel();
          resolve();
        }
        signal?.addEventListener('abort', done, { once: true });
      });
    },
    async advance(ms) {
      const target = now() + ms;
      for (;;) {
        const next = [...pending].sort((a, b) => a.due - b.due)[0];
        if (!next || next.due > target) break;
        ahead += Math.max(0, next.due - now());
        pending.delete(next);
        clearTimeout(next.handle);
        next.task();
        // What the timer started (a store write, a call through the edge) gets its turn before the next one.
        await new Promise((resolve) => setImmediate(resolve));
      }
      ahead += Math.max(0, target - now());
      for (const entry of pending) {
        clearTimeout(entry.handle);
        arm(entry);
      }
    },
  };
}
