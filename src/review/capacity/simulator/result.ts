/**
 * What comes out of the capacity simulator: plain data, ready for JSON, charts and prices.
 * Counts are of the window from warm-up to the end; in `flow` mode they are expectations and need not be whole.
 */
export type SimulationOutcome =
  | { readonly ok: true; readonly result: SimulationResult }
  | { readonly ok: false; readonly problems: readonly ModelProblem[] };

/** A fault in the input. Never thrown. */
export interface ModelProblem {
  /** Where: `nodes[2](worker).max`, `profile.entries[0].rate.mean`. */
  readonly field: string;
  readonly message: string;
}

/**
 * exact: every request is an event. flow: expectations in time slots with probe requests for the latencies.
 * See the header of `index.ts` for when which is taken and how well they agree.
 */
export type SimulationMode = 'exact' | 'flow';

export interface SimulateOptions {
  /** Default 1. The same seed, model and profile give the same result, byte for byte. */
  readonly seed?: number;
  /** Default: exact up to a stated number of requests, flow above. */
  readonly mode?: SimulationMode;
  /** Points of each time series, at most 288 (default). */
  readonly points?: number;
  /** Events after which a run that chose the exact mode itself goes on in flow mode. Default 20 million. */
  readonly eventLimit?: number;
}

export interface SimulationResult {
  readonly mode: SimulationMode;
  readonly modeReason: string;
  readonly seed: number;
  /** The counted window. */
  readonly from: number;
  readonly to: number;
  readonly entries: readonly EntryResult[];
  readonly nodes: readonly NodeResult[];
  /** What the chosen mode or a node simplifies in this model, in words for the report. */
  readonly notes: readonly string[];
  /** Every number of the input that is marked as assumed: the report must show them. */
  readonly assumed: readonly AssumedInput[];
}

export interface AssumedInput {
  readonly field: string;
  readonly value: number;
  /** Why this value, in the words of the input. */
  readonly source: string;
}

export type ErrorKind =
  /** 429: api bucket, function concurrency or scaling rate, table throughput. */
  | 'throttled'
  /** 504, a function's or client's timeout. */
  | 'timeout'
  /** The function, task, database or endpoint failed or refused. */
  | 'failed'
  /** Given up after maxReceiveCount or asynchronous retries. */
  | 'dead-lettered'
  /** Retention or greatest age ran out. */
  | 'expired';

export type Errors = Readonly<Record<ErrorKind, number>>;

/** Seconds. All zero when nothing was counted (`count` 0). */
export interface LatencySummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** arrivals = completed + errors (all kinds) + inFlight. */
export interface EntryResult {
  readonly id: string;
  readonly to: string;
  /** Requests of users; their retries are in `attempts`. */
  readonly arrivals: number;
  readonly attempts: number;
  /** Answered without an error, and the asynchronous work after the answer done. */
  readonly completed: number;
  readonly errors: Errors;
  readonly inFlight: number;
  /** Until the client has a good answer, retries included. */
  readonly response: LatencySummary;
  /** From submission until the last asynchronous part is done; equals `response` where nothing is asynchronous. */
  readonly done: LatencySummary;
  /** Share of answered requests per latency: [seconds, cumulative share], at most 64 points, for charts. */
  readonly responseCurve: readonly (readonly [number, number])[];
  readonly doneCurve: readonly (readonly [number, number])[];
}

/** One number per time bucket; a name is absent where it means nothing for the node. */
export interface NodeSeries {
  /** Requests, invocations, messages or queries that came in, in the bucket. */
  readonly arrivals?: readonly number[];
  readonly completed?: readonly number[];
  /** Messages visible or requests waiting, average over the bucket. */
  readonly backlog?: readonly number[];
  /** Greatest age of the oldest waiting message or request, seconds. */
  readonly oldestAge?: readonly number[];
  /** Tasks, instances or environments able to work, and on their way; batches in parallel for a poller. Averages. */
  readonly running?: readonly number[];
  readonly starting?: readonly number[];
  readonly desired?: readonly number[];
  /** 0 to 1: busy slots of all slots; used concurrency of the limit; busy parallelism. */
  readonly utilisation?: readonly number[];
  /** Invocations, jobs or queries in progress, average. */
  readonly busy?: readonly number[];
  readonly throttles?: readonly number[];
  readonly errors?: readonly number[];
  readonly coldStarts?: readonly number[];
  readonly redeliveries?: readonly number[];
}

export interface NodeResult {
  readonly id: string;
  readonly kind: string;
  /** Bucket starts; all series of all nodes share them. */
  readonly times: readonly number[];
  readonly series: NodeSeries;
  readonly totals: NodeTotals;
  /** Highest value over the window, for "what breaks first". In flow mode the highest expectation: without chance peaks. */
  readonly peak: {
    readonly utilisation?: number;
    readonly backlog?: number;
    readonly oldestAge?: number;
    readonly running?: number;
    readonly busy?: number;
  };
  /** Every change of capacity in the window (at most 1,000), with its reason. */
  readonly scaling?: readonly ScalingEvent[];
}

export interface ScalingEvent {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Which policy, which value against which target. */
  readonly reason: string;
}

/** Sums over the window; in billing units where AWS bills by them. Absent where the node has none. */
export interface NodeTotals {
  readonly arrivals: number;
  readonly completed: number;
  /** Work in the node when the window begins and when it ends. */
  readonly inFlightAtStart: number;
  readonly inFlightAtEnd: number;
  readonly errors: Errors;
  /** api: requests it answered, throttled ones included; database: queries. */
  readonly requests?: number;
  readonly invocations?: number;
  /** Memory × duration of invocations, cold starts included. */
  readonly gbSeconds?: number;
  readonly provisionedGbSeconds?: number;
  readonly coldStarts?: number;
  /** Launched until stopped: what a task or instance is billed for. */
  readonly taskSeconds?: number;
  readonly instanceSeconds?: number;
  readonly launches?: number;
  readonly interruptions?: number;
  /** Queue: sends, receives that returned messages, deletes. Empty receives are not simulated. */
  readonly sent?: number;
  readonly received?: number;
  readonly deleted?: number;
  readonly redeliveries?: number;
}
