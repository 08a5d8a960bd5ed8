/**
 * The environments of one published version (or $LATEST) of a function: reused while warm, one invocation each,
 * at most `max(4, 2 × cores)` at once, because one machine is not AWS; further invocations wait for a free one.
 * Idle environments end after five minutes; those of older code or configuration end as soon as they are idle.
 */
import { availableParallelism } from 'node:os';
import type { Clock, Timer } from '../../../core/clock.ts';
import { StoppingError } from '../../../core/errors.ts';
import { type ExecutionEnvironment, InitError, type Invocation, type Outcome } from './environment.ts';

export const environmentsPerFunction = Math.max(4, 2 * availableParallelism());
const idleLimit = 5 * 60_000;

/** An environment in the pool, with what the pool's owner keeps about it. */
export interface Slot<T> {
  readonly environment: ExecutionEnvironment;
  /** Code and configuration it was started from. */
  readonly revision: string;
  /** ms, wall clock: not used for an invocation that begins later. */
  readonly usableUntil: number;
  readonly details: T;
}

export interface RunResult<T> {
  readonly outcome: Outcome;
  readonly details: T | undefined;
  /** ms, of an invocation that waited for the start of its environment. */
  readonly initMs?: number;
}

interface Job<T> {
  readonly revision: string;
  readonly invocation: Invocation;
  start(): Promise<Slot<T>>;
  /** The environment takes the invocation up. */
  assigned(details: T): void;
  /** Everything the invocation wrote has been read; the environment's next one begins after this. */
  finished(result: RunResult<T>): void;
}

export interface Pool<T> {
  run(job: Job<T>): Promise<RunResult<T>>;
  /** Ends idle environments that are not of this revision; busy ones end when done. */
  retire(revision: string | undefined): void;
  readonly size: number;
  /** Resolves when no process is left. */
  stop(): Promise<void>;
}

interface Waiting<T> {
  readonly job: Job<T>;
  readonly resolve: (result: RunResult<T>) => void;
  readonly reject: (error: unknown) => void;
}

interface Member<T> extends Slot<T> {
  idleSince: number;
  busy: boolean;
  /** It has answered and has not asked for the next invocation. */
  finishing: boolean;
  /** Reported with the first invocation only. */
  initMs: number | undefined;
}

export function createPool<T>(clock: Clock): Pool<T> {
  const members = new Set<Member<T>>();
  const queue: Waiting<T>[] = [];
  const initialising = new Set<ExecutionEnvironment>();
  let starting = 0;
  let current: string | undefined;
  let stopped = false;
  let sweeper: Timer | undefined;

  const drop = (member: Member<T>) => {
    members.delete(member);
    return member.environment.end();
  };

  const fits = (member: Member<T>, waiting: Waiting<T>) =>
    !member.environment.ended &&
    member.revision === waiting.job.revision &&
    member.usableUntil > clock.wall() + waiting.job.invocation.timeoutMs;

  function schedule(): void {
    if (stopped) return;
    for (let i = 0; i < queue.length; ) {
      const waiting = queue[i];
      if (!waiting) break;
      let chosen: Member<T> | undefined;
      // The one used last is the one whose memory is warmest.
      for (const member of members)
        if (!member.busy && fits(member, waiting) && (!chosen || member.idleSince > chosen.idleSince))
          chosen = member;
      if (!chosen) {
        i++;
        continue;
      }
      queue.splice(i, 1);
      run(chosen, waiting);
    }
    // What has answered and is about to ask for more takes the next one sooner than an environment starts.
    const next = queue.at(starting);
    const finishing = next ? [...members].filter((one) => one.finishing && fits(one, next)).length : 0;
    while (queue.length > starting + finishing && members.size + starting < environmentsPerFunction)
      startOne();
    if (queue.length > starting && starting === 0) {
      // Full of environments of another revision: an idle one makes room.
      const old = [...members].find((member) => !member.busy);
      if (old) {
        void drop(old);
        schedule();
      }
    }
  }

  function startOne(): void {
    const waiting = queue[starting];
    if (!waiting) return;
    starting++;
    const begin = async () => {
      const slot = await waiting.job.start();
      const { environment } = slot;
      if (stopped) {
        await environment.end();
        throw new StoppingError();
      }
      initialising.add(environment);
      try {
        const initMs = await environment.ready.finally(() => initialising.delete(environment));
        const member: Member<T> = {
          ...slot,
          idleSince: performance.now(),
          busy: false,
          finishing: false,
          initMs,
        };
        members.add(member);
        sweeper ??= clock.after(60_000, sweep);
      } catch (error) {
        if (!(error instanceof InitError)) throw error;
        const at = queue.indexOf(waiting);
        if (at < 0) return;
        queue.splice(at, 1);
        waiting.job.assigned(slot.details);
        const result: RunResult<T> = {
          outcome: { kind: 'failed', payload: error.payload, durationMs: 0, maxMemoryMb: 0 },
          details: slot.details,
        };
        waiting.job.finished(result);
        waiting.resolve(result);
      }
    };
    begin()
      .catch((error: unknown) => {
        const at = queue.indexOf(waiting);
        if (at < 0) return;
        queue.splice(at, 1);
        waiting.reject(error);
      })
      .finally(() => {
        starting--;
        schedule();
      });
  }

  function run(member: Member<T>, waiting: Waiting<T>): void {
    member.busy = true;
    const { initMs } = member;
    member.initMs = undefined;
    const { job } = waiting;
    job.assigned(member.details);
    const release = (outcome: Outcome) => {
      member.busy = false;
      member.finishing = false;
      member.idleSince = performance.now();
      idleAt.set(member, clock.now());
      const alive = outcome.kind === 'succeeded' || outcome.kind === 'failed';
      if (!alive || member.environment.ended || member.revision !== current) void drop(member);
      schedule();
    };
    member.environment.run(job.invocation).then((outcome) => {
      const result = { outcome, details: member.details, ...(initMs === undefined ? {} : { initMs }) };
      member.finishing = outcome.kind === 'succeeded' || outcome.kind === 'failed';
      waiting.resolve(result);
      void member.environment.idle().then(() => {
        // Logs come over other pipes than the result; what is there has been read after this turn.
        clock.soon(() => {
          job.finished(result);
          release(outcome);
        });
      });
    }, waiting.reject);
  }

  const idleAt = new WeakMap<Member<T>, number>();
  function sweep(): void {
    sweeper = undefined;
    for (const member of members)
      if (!member.busy && clock.now() - (idleAt.get(member) ?? clock.now()) >= idleLimit) void drop(member);
    if (members.size > 0 && !stopped) sweeper = clock.after(60_000, sweep);
  }

  return {
    get size() {
      return members.size + starting;
    },
    run(job) {
      if (stopped) return Promise.reject(new StoppingError());
      current = job.revision;
      return new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        schedule();
      });
    },
    retire(revision) {
      current = revision;
      for (const member of members) if (!member.busy && member.revision !== revision) void drop(member);
    },
    async stop() {
      stopped = true;
      sweeper?.cancel();
      for (const waiting of queue.splice(0)) waiting.reject(new StoppingError());
      const environments = [...initialising, ...[...members].map((member) => member.environment)];
      members.clear();
      await Promise.all(environments.map((environment) => environment.end()));
    },
  };
}
