/** The load on a system: streams of requests from outside, over time. */
import type { NodeId, Quantity, Retry } from './values.ts';

export interface LoadProfile {
  /** Simulated time in all, warm-up included. */
  readonly duration: Quantity;
  /** Arrivals before it are simulated but not counted. Default 0. */
  readonly warmUp?: Quantity;
  readonly entries: readonly LoadEntry[];
}

/** A stream of requests or messages from outside. */
export interface LoadEntry {
  /** Names the row in the result: a route, a job type. */
  readonly id: string;
  readonly to: NodeId;
  /** Of an api with several routes. Default: its first. */
  readonly route?: string;
  /** `send` for asynchronous invocations of a function; queues are always sent to. */
  readonly how?: 'wait' | 'send';
  readonly rate: Rate;
  /** Default `poisson`. */
  readonly arrivals?: 'poisson' | 'deterministic';
  /** Retries of the client after 429, 5xx or its own timeout. Default none. */
  readonly retry?: Retry;
  /** The client gives up waiting after this. Default never. */
  readonly timeout?: Quantity;
}

/** Requests a second over time. */
export type Rate =
  | { readonly kind: 'steady'; readonly rate: Quantity }
  /** A sine wave: `mean` × (1 + a·cos), with the peak `peakRatio` times the mean at `peakAt`. */
  | {
      readonly kind: 'daily';
      readonly mean: Quantity;
      /** 1 to 2. */
      readonly peakRatio: Quantity;
      /** Default 14:00. */
      readonly peakAt?: Quantity;
      /** Default a day. */
      readonly period?: Quantity;
    }
  | {
      readonly kind: 'spike';
      readonly base: Quantity;
      readonly peak: Quantity;
      readonly at: Quantity;
      readonly length: Quantity;
    }
  /** From one rate to another between `start` and `start + length`; steady before and after. */
  | {
      readonly kind: 'ramp';
      readonly from: Quantity;
      readonly to: Quantity;
      readonly start?: Quantity;
      readonly length: Quantity;
    }
  /** Rising [time, rate] pairs; straight lines between them, the last rate after the last. */
  | {
      readonly kind: 'recorded';
      readonly points: readonly (readonly [number, number])[];
      readonly source?: string;
    };
