/**
 * What the capacity review says, as plain JSON. Times are seconds, money is USD, rates are per second unless a name
 * says otherwise. Every number of the model carries where it comes from; one nobody gave is `assumed`.
 */

import type { ResourceRef } from '../../architecture/app/model.ts';
import type { RuleResult, Unclear } from '../finding.ts';
import type { EntryResult, NodeResult, SimulationMode } from './simulator/model.ts';

export interface CapacityReport {
  /** Of every simulation in this report. */
  readonly seed: number;
  readonly region: string;
  readonly model: ModelSummary;
  readonly profile: ProfileSummary;
  /** null when nothing could be simulated; `because` then says why. */
  readonly result: ResultSummary | null;
  /** Why there is no result; absent when there is one. */
  readonly because?: string;
  /** As stated under load, or the default ones; in its order. */
  readonly objectives: readonly ObjectiveResult[];
  readonly breaking: Breaking;
  readonly change: ChangeAnswer;
  /** The static rules, one each. */
  readonly rules: readonly RuleResult[];
  /** What the reader must know of the figures: simplifications, what was taken together, what the mode leaves out. */
  readonly notes: readonly string[];
  /** What could not be told from the template, by name, and what was done instead. */
  readonly unresolved: readonly Unclear[];
  readonly run: RunSummary;
}

// ── The model ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ModelSummary {
  readonly nodes: readonly ModelNode[];
  readonly links: readonly ModelLink[];
  /** Resources that carry load in AWS but that the simulator has no model for, each with the reason. */
  readonly notModelled: readonly NotModelled[];
}

export type NodeKind = 'api' | 'function' | 'queue' | 'poller' | 'workers' | 'endpoint' | 'database';

export interface ModelNode {
  /** As in `result.nodes[].id`: the resource's id, with `#reads` or `#writes` behind it where a table is two nodes. */
  readonly id: string;
  /** For people: `POST /jobs`'s api, `Jobs/Worker`. */
  readonly label: string;
  readonly kind: NodeKind;
  readonly resource: ResourceRef;
  /** Every number that the simulation uses of it. */
  readonly numbers: readonly ModelNumber[];
}

export interface ModelNumber {
  /** Path in the node: `timeout`, `service.p95`, `policies.0.target`. */
  readonly name: string;
  /** Seconds, MB, per second or a count, as the name says. A distribution of samples is its median. */
  readonly value: number;
  /** A page, `Stack/LogicalId/Properties/…`, `slipway-review.yaml, line 12`, or words. */
  readonly source: string;
  readonly assumed: boolean;
}

export interface ModelLink {
  readonly from: string;
  readonly to: string;
  /** wait: the caller waits for the answer. send: it goes on. takes: a consumer takes from a queue. */
  readonly how: 'wait' | 'send' | 'takes' | 'dead-letters';
  /** What shows that there is such a call. */
  readonly because: string;
  /** The template says that it may be, not that it is: true for calls taken from permissions. */
  readonly assumed: boolean;
}

export interface NotModelled {
  readonly resource: ResourceRef;
  readonly because: string;
}

// ── The load ─────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ProfileSummary {
  /** `default`: no load is stated, and every rate here is assumed. */
  readonly origin: 'file' | 'default';
  /** Simulated time in all, warm-up included. */
  readonly duration: number;
  readonly warmUp: number;
  readonly entries: readonly ProfileEntry[];
}

export interface ProfileEntry {
  /** `POST /jobs`, a queue's or function's label. */
  readonly id: string;
  /** The node it goes to. */
  readonly to: string;
  /** In words: `2 a second, steady`. */
  readonly text: string;
  /** Over the whole profile. */
  readonly meanRate: number;
  readonly peakRate: number;
  readonly assumed: boolean;
  /** For the chart: [time, rate], at most 97 points. */
  readonly curve: readonly (readonly [number, number])[];
}

// ── Result and objectives ────────────────────────────────────────────────────────────────────────────────────────

export interface ResultSummary {
  readonly mode: SimulationMode;
  readonly modeReason: string;
  /** The counted window: from the end of the warm-up. */
  readonly from: number;
  readonly to: number;
  /** p50/p95/p99 of the answer (`response`) and of the last asynchronous part (`done`), errors by kind. */
  readonly entries: readonly EntryResult[];
  /** Series: backlog, age, tasks and the like per bucket. Nodes that saw nothing are in it as well. */
  readonly nodes: readonly NodeResult[];
  readonly deadLetters: readonly { readonly queue: string; readonly label: string; readonly count: number }[];
  readonly cost: CostSummary;
}

export interface CostSummary {
  /** Bucket starts, as in `NodeResult.times`. */
  readonly times: readonly number[];
  /** USD per bucket, all lines together. */
  readonly total: readonly number[];
  readonly lines: readonly CostLine[];
  /** Sum of the lines over the counted window. List prices, before any free tier. */
  readonly windowUsd: number;
  /** The window's cost, a month of 730 hours long. */
  readonly monthlyUsd: number;
  /** What has no price, by name; it is not in the sums. */
  readonly notPriced: readonly { readonly node: string; readonly what: string; readonly because: string }[];
  /** What is not part of it: only what the simulated nodes do is priced. */
  readonly covers: string;
}

export interface CostLine {
  readonly node: string;
  /** The price row's id: `fargate.vcpu`. */
  readonly price: string;
  readonly what: string;
  /** In the price row's unit. */
  readonly quantity: number;
  readonly unit: string;
  readonly windowUsd: number;
  /** USD per bucket. */
  readonly series: readonly number[];
}

export type Objective =
  /** The client's answer. */
  | {
      readonly kind: 'answered-within';
      readonly entry: string;
      readonly percentile: Percentile;
      readonly seconds: number;
    }
  /** The last asynchronous part behind it. */
  | {
      readonly kind: 'done-within';
      readonly entry: string;
      readonly percentile: Percentile;
      readonly seconds: number;
    }
  /** Share of requests that end in an error of any kind, 0 to 1. Without entry: of all. */
  | { readonly kind: 'errors-at-most'; readonly entry?: string; readonly share: number }
  /** Without queue: all dead-letter queues together. */
  | { readonly kind: 'dead-letters-at-most'; readonly queue?: string; readonly count: number }
  | { readonly kind: 'age-at-most'; readonly queue: string; readonly seconds: number }
  | { readonly kind: 'backlog-at-most'; readonly queue: string; readonly messages: number };

export type Percentile = 50 | 95 | 99;

export interface ObjectiveResult {
  readonly objective: Objective;
  /** In words: `95 % of POST /jobs done within 35 s`. */
  readonly text: string;
  /** The value reached, in the objective's unit; null when nothing was counted, or nothing simulated. */
  readonly value: number | null;
  readonly limit: number;
  readonly unit: 'seconds' | 'share' | 'messages';
  readonly verdict: 'met' | 'missed' | 'cannot-tell';
  /** False: not stated by anyone, but a default of the review (few errors, no dead letters). */
  readonly stated: boolean;
}

// ── Breaking point ───────────────────────────────────────────────────────────────────────────────────────────────

export type Breaking =
  | {
      readonly outcome: 'breaks';
      /** The highest multiple of the profile that was seen to hold, and the lowest that was seen to break. */
      readonly holdsAt: number;
      readonly breaksAt: number;
      /** Total peak arrivals a second at `breaksAt`. */
      readonly peakRate: number;
      readonly first: BreakingPoint;
      readonly steps: readonly BreakingStep[];
    }
  /** Held at the largest factor that was tried. */
  | { readonly outcome: 'holds'; readonly upTo: number; readonly steps: readonly BreakingStep[] }
  /** Breaks at the smallest factor tried: the fault is not one of load. */
  | {
      readonly outcome: 'broken';
      readonly first: BreakingPoint;
      readonly steps: readonly BreakingStep[];
    }
  | { readonly outcome: 'cannot-tell'; readonly because: string };

export type BreakingReason =
  | 'throttle'
  | 'concurrency'
  | 'backlog'
  | 'connections'
  | 'timeout'
  | 'failures'
  | 'dead-letters'
  | 'slow';

export interface BreakingPoint {
  /** Node id. */
  readonly node: string;
  readonly label: string;
  readonly reason: BreakingReason;
  /** One sentence: `10 of 10 tasks are busy all the time and the queue grows by 2.1 messages a second`. */
  readonly sentence: string;
  /** Figures of the simulation at `breaksAt` that show it. */
  readonly evidence: readonly string[];
  /** Objectives that are missed there, in words. */
  readonly missed: readonly string[];
}

/** One simulation on the way. */
export interface BreakingStep {
  readonly factor: number;
  readonly holds: boolean;
  /** What was missed, in words; empty when it holds. */
  readonly missed: readonly string[];
  /** Worst p95 of the answer and of the last part over the entries. */
  readonly p95Response: number;
  readonly p95Done: number;
  readonly errorShare: number;
}

// ── Change ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type ChangeAnswer =
  | { readonly outcome: 'not-needed'; readonly because: string }
  | {
      readonly outcome: 'found';
      /** One, or two that are both needed. */
      readonly changes: readonly Change[];
      /** Of all of `changes` together. */
      readonly price: PriceDifference;
      /** The objectives with the changes in place, simulated again. */
      readonly objectives: readonly ObjectiveResult[];
      readonly simulations: number;
    }
  /** Nothing of the catalogue is enough; `best` comes nearest. */
  | {
      readonly outcome: 'not-found';
      readonly because: string;
      readonly best?: {
        readonly changes: readonly Change[];
        readonly objectives: readonly ObjectiveResult[];
      };
      readonly simulations: number;
    }
  | { readonly outcome: 'cannot-tell'; readonly because: string };

export interface Change {
  /** The catalogue entry: `raise-max-tasks`. */
  readonly id: string;
  readonly title: string;
  readonly resource: ResourceRef;
  /** CloudFormation's path in the resource, or words for what is not in the template (`worker concurrency`). */
  readonly property: string;
  readonly from: string;
  readonly to: string;
}

export interface PriceDifference {
  /** USD a month (730 hours of this load), after minus before; null when something of it has no price. */
  readonly monthlyUsd: number | null;
  /** What has no price, by name. */
  readonly notPriced: readonly string[];
}

// ── The run ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface RunSummary {
  readonly simulations: number;
  /** Wall time. Left out of goldens. */
  readonly milliseconds: number;
}

/** What a quantity of a price row costs at list price, without free tier; or why there is no price. */
export type PricePort = (
  id: string,
  region: string,
  quantity: number,
) => { readonly usd: number } | { readonly missing: string };
