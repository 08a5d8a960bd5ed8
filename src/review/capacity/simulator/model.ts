/**
 * What goes into the capacity simulator: a system of nodes and a load profile, as plain data.
 * Times are seconds, sizes MB, rates per second, unless a name says otherwise. Nothing here knows a template.
 * Every number may carry where it comes from; a number nobody gave is `assumed` and is shown as such.
 * The load is in `load.ts`, what comes out in `result.ts`; both are exported from here too.
 */
export type * from './load.ts';
export type * from './result.ts';
export type * from './values.ts';

import type { Distribution, NodeId, Quantity, Retry } from './values.ts';

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
  /** A task asks its queue for messages only when so many of its slots are free, and then for all of them. Default 1. */
  readonly takesWhenFree?: Quantity;
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
