/**
 * The `load` part of the review file, read: what users do, how long work takes, what must hold. Times are seconds, rates per second.
 * What the template can say is not here. Types only.
 */
import type { Objective } from '../report.ts';
import type { Distribution, Rate, Retry, Sourced } from '../simulator/model.ts';

export interface Load {
  /** `default`: nobody wrote one, and every rate in it is assumed. */
  readonly origin: 'file' | 'default';
  readonly seed: number;
  readonly duration: number;
  readonly warmUp: number;
  readonly arrivals: readonly Arrivals[];
  readonly work: readonly Work[];
  readonly objectives: readonly StatedObjective[];
  /** Lambda's account-wide pool, when it is not the default quota. */
  readonly accountConcurrency?: Sourced;
}

/** One stream of requests or messages. */
export interface Arrivals {
  /** The entry's id, as the model names it. */
  readonly entry: string;
  readonly rate: Rate;
  /** In words, for the report. */
  readonly text: string;
  readonly assumed: boolean;
  readonly how?: 'poisson' | 'deterministic';
  readonly retry?: Retry;
  readonly timeout?: Sourced;
}

/** What the template cannot say of one resource. */
export interface Work {
  /** The resource's id. */
  readonly resource: string;
  /** Its own time per request, message, job or query, without the calls it waits for. */
  readonly time?: Distribution;
  readonly coldStart?: Distribution;
  readonly keepWarm?: Sourced;
  /** From the decision to run one more task or instance until it takes work. */
  readonly startUp?: Distribution;
  /** Jobs or requests that one task or instance works on at once. */
  readonly concurrency?: Sourced;
  /** A worker asks its queue only when so many of its slots are free. */
  readonly takesWhenFree?: Sourced;
  /** Share of the work that fails by itself. */
  readonly failure?: Sourced;
  /** CPU that one busy slot takes of its share of the task, 0 to 1. */
  readonly cpuPerSlot?: Sourced;
  /** On SIGTERM it gives unfinished messages back. */
  readonly givesBack?: boolean;
  readonly interruptionsPerHour?: Sourced;
  /** Of a function with a queue: its time is taken per message (`each`) or per batch. */
  readonly per?: 'each' | 'batch';
  /** Replaces the calls that the model takes from permissions and environment. */
  readonly calls?: readonly StatedCall[];
  /** Of a database. */
  readonly maxConnections?: Sourced;
  readonly connectionsPerClient?: Sourced;
  readonly parallelism?: Sourced;
}

export interface StatedCall {
  /** The other resource's id. */
  readonly to: string;
  /** Of a table. Default: what the permissions allow. */
  readonly what?: 'read' | 'write';
  readonly how?: 'wait' | 'send';
  readonly times?: Sourced;
  readonly probability?: Sourced;
  readonly retry?: Retry;
}

export interface StatedObjective {
  readonly objective: Objective;
  readonly stated: boolean;
}
