/**
 * Time as a dependency. Everything that waits or stamps asks the clock it was given, so that tests and drills
 * can move time forward; nothing else in the tree reads Date.now or sets timers. What a timer's task throws, or its
 * promise rejects with, goes to the clock's watch with the name of the owner: it never ends the process.
 */

import { inOneTurn, type TurnWatch } from './turn.ts';

export interface Timer {
  cancel(): void;
}

/** Its promise is watched as well. */
type Task = () => unknown;

export interface Clock {
  /** Simulated time, in ms since the epoch. Follows real time, plus whatever was advanced. */
  now(): number;
  /** Real time, in ms since the epoch: what other processes' clocks show (signatures carry it). */
  wall(): number;
  /** Runs `task` once, `ms` of simulated time from now. */
  after(ms: number, task: Task): Timer;
  /** Runs `task` again and again, each time `wait()` ms of simulated time after the last run, also when that failed. */
  repeat(wait: () => number, task: Task): Timer;
  /** Runs `task` once, `ms` of real time from now: for what lives in real time, such as another process. */
  afterReal(ms: number, task: Task): Timer;
  /** Runs `task` every `ms` of real time. */
  every(ms: number, task: Task): Timer;
  /** Runs `task` in the next turn of the event loop. */
  soon(task: Task): void;
  /** Resolves after `ms` of simulated time, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** The same clock; its timers are this owner's. */
  ownedBy(owner: string): Clock;
}

/** Told about the tasks of timers. */
export interface TaskWatch extends TurnWatch {
  failed(error: unknown, owner: string): void;
}

export interface MovableClock extends Clock {
  /** Moves simulated time forward by `ms`, running every timer that falls due, in order of its due time. */
  advance(ms: number): Promise<void>;
}

interface Pending {
  readonly due: number;
  readonly run: () => void;
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
  /** Absent: what a task throws is thrown by the timer, as usual. */
  readonly watch?: TaskWatch;
}

export function createClock(options: ClockOptions = {}): MovableClock & { offset(): number } {
  let ahead = options.offset ?? 0;
  const { watch } = options;
  const pending = new Set<Pending>();
  const now = () => Date.now() + ahead;

  const arm = (entry: Pending) => {
    entry.handle = setTimeout(
      () => {
        if (entry.due > now()) return arm(entry);
        pending.delete(entry);
        entry.run();
      },
      Math.min(Math.max(0, entry.due - now()), longestTimeout),
    );
    if (!options.keepAlive) entry.handle.unref();
  };

  const run = (owner: string, task: Task) => {
    if (!watch) {
      void task();
      return;
    }
    try {
      const result = inOneTurn(owner, watch, task);
      if (result instanceof Promise) result.catch((error: unknown) => watch.failed(error, owner));
    } catch (error) {
      watch.failed(error, owner);
    }
  };

  const after = (owner: string, ms: number, task: Task): Timer => {
    const entry: Pending = {
      due: now() + Math.max(0, ms),
      run: () => run(owner, task),
      handle: undefined,
    };
    pending.add(entry);
    arm(entry);
    return {
      cancel() {
        pending.delete(entry);
        clearTimeout(entry.handle);
      },
    };
  };

  function clockOf(owner: string): Clock {
    return {
      now,
      wall: () => Date.now(),
      after: (ms, task) => after(owner, ms, task),
      repeat(wait, task) {
        let timer: Timer;
        const arrange = () => {
          timer = after(owner, wait(), () => {
            arrange();
            return task();
          });
        };
        arrange();
        return { cancel: () => timer.cancel() };
      },
      afterReal(ms, task) {
        const handle = setTimeout(() => run(owner, task), Math.min(ms, longestTimeout));
        handle.unref();
        return { cancel: () => clearTimeout(handle) };
      },
      every(ms, task) {
        const handle = setInterval(() => run(owner, task), ms);
        handle.unref();
        return { cancel: () => clearInterval(handle) };
      },
      soon: (task) => void setImmediate(() => run(owner, task)),
      sleep(ms, signal) {
        return new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const timer = after(owner, ms, done);
          function done() {
            signal?.removeEventListener('abort', done);
            timer.cancel();
            resolve();
          }
          signal?.addEventListener('abort', done, { once: true });
        });
      },
      ownedBy: clockOf,
    };
  }

  return {
    ...clockOf('clock'),
    offset: () => ahead,
    async advance(ms) {
      const target = now() + ms;
      for (;;) {
        const next = [...pending].sort((a, b) => a.due - b.due)[0];
        if (!next || next.due > target) break;
        ahead += Math.max(0, next.due - now());
        pending.delete(next);
        clearTimeout(next.handle);
        next.run();
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
