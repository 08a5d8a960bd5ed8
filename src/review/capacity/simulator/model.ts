/**
 * What goes into the capacity simulator: a system of nodes and a load profile, as plain data.
 * Times are seconds, sizes MB, rates per second, unless a name says otherwise. Nothing here knows a template.
 * Every number may carry where it comes from; a number nobody gave is `assumed` and is shown as such.
 * What comes out is in `result.ts`, exported from here too.
 */
export type * from './result.ts';

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

export interface SystemModel {
  readonly nodes: readonly SystemNode[];
  /** Lambda's account-wide pool. Default 1,000 concurrent executions. */
  readonly account?: { readonly concurrency: Quantity };
}

export type SystemNode =
  | ApiNode
  | FunctionNode
  | QueueNode
  | PollerNode
  | WorkersNode
  | DatabaseNode
  | EndpointNode;

interface NodeBase {
  readonly id: NodeId;
  /** For people: a construct path or a name. */
  readonly label?: string;
}

/**
 * One step of work that calls another node. `wait` (default, except to queues) holds the caller until the answer;
 * `send` goes on at once: a message to a queue, or an asynchronous invocation of a function.
 */
export interface Call {
  readonly to: NodeId;
  readonly how?: 'wait' | 'send';
  /** The share of cases in which the call is made. Default 1. */
  readonly probability?: Quantity;
  /** How often, one after the other. Default 1. */
  readonly times?: Quantity;
  /** What the caller does when the call fails. Default `fail`. */
  readonly onError?: 'fail' | 'ignore';
  /** The caller's own retries (an SDK's, for instance). Default none. */
  readonly retry?: Retry;
}

export interface Retry {
  /** Attempts in all, the first included. */
  readonly attempts: Quantity;
  /** Wait before attempt n+1: base × 2^(n-1), at most `cap`. */
  readonly base: Quantity;
  readonly cap: Quantity;
  /** `full`: uniform between 0 and that wait. Default `full`. */
  readonly jitter?: 'full' | 'none';
}

/** A token bucket: `burst` tokens at most, refilled at `rate` a second. */
export interface Throttle {
  readonly rate: Quantity;
  readonly burst: Quantity;
}

/** API Gateway: token bucket (429), then the route's calls in order, within the integration timeout (504). */
export interface ApiNode extends NodeBase {
  readonly kind: 'api';
  readonly throttle?: Throttle;
  /** Default 29 s. */
  readonly timeout?: Quantity;
  /** What the gateway itself adds to an answer. Default none. */
  readonly overhead?: Distribution;
  readonly routes: readonly {
    readonly name: string;
    readonly throttle?: Throttle;
    readonly calls: readonly Call[];
  }[];
}

/** A Lambda function. One environment does one invocation at a time. */
export interface FunctionNode extends NodeBase {
  readonly kind: 'function';
  readonly memoryMb: Quantity;
  readonly timeout: Quantity;
  readonly reservedConcurrency?: Quantity;
  readonly provisionedConcurrency?: Quantity;
  /** Its own time per invocation (or per message of a batch, see the poller), without the calls it waits for. */
  readonly service: Distribution;
  /** Added to an invocation that needs a new environment. */
  readonly coldStart: Distribution;
  /** How long an idle environment stays. Default 420 s, assumed: AWS does not publish it. */
  readonly keepWarm?: Quantity;
  /** New environments: default 1,000 per 10 s, refilled continuously. */
  readonly scaling?: { readonly environments: Quantity; readonly per: Quantity };
  /** The share of invocations (messages, in a batch) that fail by themselves. Default 0. */
  readonly failure?: Quantity;
  /** Made in order after its own time. */
  readonly calls?: readonly Call[];
  /** For asynchronous invocations: retries after an error (default 2), greatest age (default 6 h), destination. */
  readonly async?: { readonly retries?: Quantity; readonly maxAge?: Quantity; readonly deadLetter?: NodeId };
}

/** An SQS queue. A FIFO queue is refused by name: message groups are not modelled. */
export interface QueueNode extends NodeBase {
  readonly kind: 'queue';
  /** Default 30 s. */
  readonly visibilityTimeout?: Quantity;
  /** Without it, a failing message returns until its retention ends. */
  readonly maxReceiveCount?: Quantity;
  readonly deadLetter?: NodeId;
  /** Default 4 days. */
  readonly retention?: Quantity;
  readonly delay?: Quantity;
  readonly fifo?: boolean;
}

/** A Lambda event source mapping on a queue. */
export interface PollerNode extends NodeBase {
  readonly kind: 'poller';
  readonly queue: NodeId;
  readonly function: NodeId;
  /** Default 10. */
  readonly batchSize?: Quantity;
  /** Default 0. */
  readonly batchWindow?: Quantity;
  readonly maximumConcurrency?: Quantity;
  /** With it only the failed messages of a batch return. Default false. */
  readonly partialBatchResponses?: boolean;
  /** `each`: the function's service time is taken once per message; `batch`: once per batch. Default `each`. */
  readonly serviceTime?: 'each' | 'batch';
  /** Default: 5 batches at first, 300 more a minute while messages wait, 1,250 at most, 2 when idle. */
  readonly scaling?: {
    readonly initial: Quantity;
    readonly perMinute: Quantity;
    readonly maximum: Quantity;
    readonly idle: Quantity;
  };
}

/** Tasks or instances that come and go: what workers and endpoints have in common. */
export interface Capacity {
  readonly min: Quantity;
  readonly desired: Quantity;
  readonly max: Quantity;
  /** From the decision to run one more until it takes work: scheduling, image pull, boot, model load. */
  readonly startUp: Distribution;
  /** Launches: a token bucket. Default for workers: 20 a second, burst 100 (Fargate On-Demand). */
  readonly launch?: Throttle;
  /** Spot interruptions per task and hour. Default 0. */
  readonly interruptionsPerHour?: Quantity;
  /** From the stop signal to the kill; work not finished by then is lost (a queue's message returns). Default 30 s. */
  readonly stopGrace?: Quantity;
  readonly policies?: readonly ScalingPolicy[];
  readonly scheduled?: readonly ScheduledAction[];
}

/** An ECS service or EC2/GPU group: takes messages from a queue, or requests behind a load balancer. */
export interface WorkersNode extends NodeBase, Capacity {
  readonly kind: 'workers';
  readonly takes:
    | { readonly kind: 'messages'; readonly queue: NodeId }
    /** `waiting`: requests that may wait for a free slot (default unbounded); `timeout`: answer 504 (default 60 s). */
    | { readonly kind: 'requests'; readonly waiting?: Quantity; readonly timeout?: Quantity };
  /** Jobs or requests one task works on at once. */
  readonly concurrency: Quantity;
  /** Its own time per job, without the calls it waits for. */
  readonly service: Distribution;
  /** CPU of the task that one busy slot uses, 0 to 1 of its share. Default 1: busy means 100 % of the slot's share. */
  readonly cpuPerSlot?: Quantity;
  readonly failure?: Quantity;
  readonly calls?: readonly Call[];
  /** On SIGTERM unfinished messages are given back at once (true) or come back by the visibility timeout. Default false. */
  readonly givesBack?: boolean;
}

/** A model endpoint (SageMaker, or any HTTP model server). */
export interface EndpointNode extends NodeBase, Capacity {
  readonly kind: 'endpoint';
  readonly concurrency: Quantity;
  readonly service: Distribution;
  readonly failure?: Quantity;
  /** Requests that may wait; default unbounded. */
  readonly waiting?: Quantity;
  /** Default 60 s (SageMaker's limit for a real-time invocation). */
  readonly timeout?: Quantity;
}

/** A database with connections, or (by `throttle`) a table with provisioned throughput. */
export interface DatabaseNode extends NodeBase {
  readonly kind: 'database';
  /** Default unlimited. */
  readonly maxConnections?: Quantity;
  /** Connections each function environment or task keeps open. Default 1. Also its pool: more queries at once wait. */
  readonly connectionsPerClient?: Quantity;
  readonly query: Distribution;
  /** Queries it serves at once at full speed; more wait in line. Default unlimited. */
  readonly parallelism?: Quantity;
  /** Past `maxConnections`: refuse (default), or wait in line (a proxy does). */
  readonly whenFull?: 'error' | 'wait';
  readonly throttle?: Throttle;
}

/** What an alarm looks at. Utilisation is in per cent; all are averages over the period except depths (at its end). */
export type Metric =
  | 'cpu-utilisation'
  | 'queue-depth'
  | 'backlog-per-task'
  | 'requests-per-target'
  | 'invocations-per-instance';

export type ScalingPolicy = TargetTracking | StepScaling;

/** Alarm timing of target tracking. Defaults: 60 s, 3 above to scale out, 15 below to scale in. */
export interface AlarmTiming {
  readonly period?: Quantity;
  readonly periodsToScaleOut?: Quantity;
  readonly periodsToScaleIn?: Quantity;
  /** From the end of a period until the alarm has seen its value and the action has run. */
  readonly delay?: Quantity;
}

export interface TargetTracking {
  readonly kind: 'target-tracking';
  readonly metric: Metric;
  /** Required for depth and backlog metrics of nodes that do not take messages themselves. */
  readonly queue?: NodeId;
  readonly target: Quantity;
  /** Default 300 s each (ECS, SageMaker). */
  readonly scaleOutCooldown?: Quantity;
  readonly scaleInCooldown?: Quantity;
  readonly disableScaleIn?: boolean;
  readonly alarm?: AlarmTiming;
}

export interface StepScaling {
  readonly kind: 'step';
  readonly metric: Metric;
  readonly queue?: NodeId;
  readonly comparison: '>=' | '>' | '<=' | '<';
  readonly threshold: Quantity;
  /** Default 60 s. */
  readonly period?: Quantity;
  readonly evaluationPeriods: Quantity;
  /** Default: all of them. */
  readonly datapointsToAlarm?: Quantity;
  readonly delay?: Quantity;
  readonly adjustment: 'change' | 'exact' | 'percent';
  /** Bounds are differences from the threshold, as in AWS; no bound means infinity. */
  readonly steps: readonly {
    readonly lower?: Quantity;
    readonly upper?: Quantity;
    readonly amount: Quantity;
  }[];
  /** Default 300 s. */
  readonly cooldown?: Quantity;
}

/** At `at` (and every `every` after it), set bounds; a desired count outside them moves inside, as in AWS. */
export interface ScheduledAction {
  readonly at: Quantity;
  readonly every?: Quantity;
  readonly min?: Quantity;
  readonly max?: Quantity;
}

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
