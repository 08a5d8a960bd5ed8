/** The values that models and load profiles are made of. */

/** A number, or a number with its origin. `assumed` marks one without a source: the report must say so. */
export type Quantity = number | Sourced;
export interface Sourced {
  readonly value: number;
  /** A URL, a property path in the template, or words such as "measured locally, 412 samples". */
  readonly source: string;
  readonly assumed?: boolean;
}

export type NodeId = string;

/** How long something takes, or how it varies. */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: Quantity }
  | { readonly kind: 'exponential'; readonly mean: Quantity }
  /** By its median and 95th percentile, the two figures people have. */
  | { readonly kind: 'lognormal'; readonly p50: Quantity; readonly p95: Quantity }
  /** `shape` 1 is exponential; a whole number is Erlang. */
  | { readonly kind: 'gamma'; readonly mean: Quantity; readonly shape: Quantity }
  | { readonly kind: 'uniform'; readonly min: Quantity; readonly max: Quantity }
  /** Measured values, each equally likely. */
  | { readonly kind: 'samples'; readonly values: readonly number[]; readonly source?: string }
  /** Rising [probability, value] pairs from 0 to 1, straight lines between them. */
  | {
      readonly kind: 'quantiles';
      readonly points: readonly (readonly [number, number])[];
      readonly source?: string;
    }
  | {
      readonly kind: 'mixture';
      readonly parts: readonly { readonly weight: Quantity; readonly of: Distribution }[];
    };

/** Tries again after a failure. */
export interface Retry {
  /** Attempts in all, the first included. */
  readonly attempts: Quantity;
  /** Wait before attempt n+1: base × 2^(n-1), at most `cap`. */
  readonly base: Quantity;
  readonly cap: Quantity;
  /** `full`: uniform between 0 and that wait. Default `full`. */
  readonly jitter?: 'full' | 'none';
}
