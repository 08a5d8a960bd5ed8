/**
 * The report of the recovery review, as plain JSON. Times are seconds, money is USD a month. Every time lists the parts
 * that it is the sum of, and every part the source of its figure.
 */

import type { NotUnderstood, ResourceRef } from '../../architecture/app/model.ts';
import type { RuleResult } from '../finding.ts';

export const scenarios = [
  'software-fault',
  'lost-instance',
  'lost-zone',
  'lost-region',
  'deleted',
  'bad-deploy',
] as const;
export type Scenario = (typeof scenarios)[number];

/** For headings: the name of each scenario and what happens in it. */
export const scenarioText: Readonly<Record<Scenario, { readonly name: string; readonly supposes: string }>> =
  {
    'software-fault': {
      name: 'Software fault',
      supposes: 'a bug crashes the component, or writes wrong data into it',
    },
    'lost-instance': { name: 'Lost instance', supposes: 'one task, node, instance or host is gone' },
    'lost-zone': {
      name: 'Lost zone',
      supposes: 'the availability zone whose loss matters most is lost, and waiting for it is no option',
    },
    'lost-region': {
      name: 'Lost region',
      supposes: 'the whole region is lost, and waiting for it is no option',
    },
    deleted: {
      name: 'Deleted by mistake',
      supposes: 'the table, bucket or stack is deleted, or its data is',
    },
    'bad-deploy': { name: 'Bad deploy', supposes: 'a new version that fails is deployed' },
  };

export const componentKinds = [
  'compute',
  'api',
  'queue',
  'database',
  'object-store',
  'file-store',
  'cache',
  'network',
  'dns',
  'model-endpoint',
  'secret',
  'identity',
  'logs',
] as const;
export type ComponentKind = (typeof componentKinds)[number];

/** Where a figure comes from. */
export interface Basis {
  /** The figure in words, with its unit: `failover typically takes 60–120 s`. */
  readonly figure: string;
  /** A page, `Stack/LogicalId/Properties/…` for what the template says, or the config key that sets it. */
  readonly source: string;
  /** `YYYY-MM-DD` the page was read; absent for the template, the config, and a page quoted without reading it again. */
  readonly date?: string;
  /** True when no page says so: a stated guess. `source` then names the config key that replaces it. */
  readonly assumed: boolean;
}

/** One step of a recovery: notice, respond, restore, … */
export interface TimePart {
  readonly what: string;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly basis: Basis;
}

export interface TimeEstimate {
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** In order; the estimate is their sum. Empty when there is no interruption. */
  readonly parts: readonly TimePart[];
}

export interface LossEstimate {
  /**
   * The most that can be lost, in seconds of writes. null: nothing is lost. `all-data`: there is no copy to return to.
   */
  readonly seconds: number | null | 'all-data';
  readonly basis: readonly Basis[];
}

/**
 * yes: users need not notice and nothing is lost. degraded: interrupted or slower, but it comes back by itself and
 * nothing is lost. no: a person must act, or data is lost.
 */
export type Survives = 'yes' | 'degraded' | 'no' | 'cannot-tell';

export interface Answer {
  readonly scenario: Scenario;
  readonly survives: Survives;
  /** The reason, in a sentence or two. */
  readonly because: string;
  /** null when it cannot be told. When all data is lost, the time until the service runs again, empty. */
  readonly rto: TimeEstimate | null;
  /** null when it cannot be told. */
  readonly rpo: LossEstimate | null;
  /** What could not be resolved, by name; only with `cannot-tell`. */
  readonly unclear: readonly string[];
}

export interface ComponentReport {
  readonly resource: ResourceRef;
  readonly kind: ComponentKind;
  /** A short word for what it is: `DynamoDB table`, `Fargate service`. */
  readonly label: string;
  /** Entry points from which users reach it; empty when it is on no user's path. */
  readonly reachedFrom: readonly string[];
  /** In the order of `scenarios`. */
  readonly answers: readonly Answer[];
  /** The alarm on it. null: there is none, which is also a finding. */
  readonly noticed: Noticed | null;
}

export interface Noticed {
  /** The alarm's resource id. */
  readonly alarm: string;
  /** Period × evaluation periods. */
  readonly afterSeconds: number;
  /** `person`: an action reaches a topic with a subscriber, or one outside the template. */
  readonly tells: 'person' | 'topic without subscribers';
}

/** One user's path: an entry point and everything it needs to answer. */
export interface PathReport {
  /** Resource id; `everything` when the template has no entry point and all components are taken. */
  readonly entry: string;
  readonly label: string;
  /** Component ids in the order they were reached. */
  readonly components: readonly string[];
}

export interface WholeAnswer {
  readonly scenario: Scenario;
  readonly survives: Survives;
  readonly rto: TimeEstimate | null;
  readonly rpo: LossEstimate | null;
  /** The component with the worst RTO; absent when there is no component. */
  readonly limitedBy?: string;
  /** The component with the worst RPO, when something is lost. */
  readonly losesAt?: string;
  readonly because: string;
}

export interface SinglePoint {
  readonly resource: ResourceRef;
  /** `its only availability zone`, `one NAT gateway for two zones`. */
  readonly what: string;
  readonly takesDown: string;
  readonly fix: string;
  /** Component ids that stop with it. */
  readonly components: readonly string[];
}

export interface Target {
  readonly rtoSeconds?: number;
  readonly rpoSeconds?: number;
}

export interface TargetResult {
  readonly scenario: Scenario;
  readonly measure: 'rto' | 'rpo';
  readonly targetSeconds: number;
  /** `met`: even at worst. `missed`: at worst, see `metAtBest`. */
  readonly verdict: 'met' | 'missed' | 'cannot-tell';
  /** True when the least expected time is inside the target and only the most is not. */
  readonly metAtBest: boolean;
  /** Components on a user's path that miss it (or of which it cannot be told), worst first. */
  readonly components: readonly string[];
  readonly because: string;
}

export interface ChangePriceLine {
  readonly priceId: string;
  readonly what: string;
  /** Units of the price row, a month. */
  readonly quantity: number;
  /** Assumption behind the quantity. */
  readonly basis: Basis;
  /** null: not priced, and `missing` says why. */
  readonly usdPerMonth: number | null;
  readonly missing?: string;
}

export interface ProposedChange {
  /** `point-in-time-recovery@Stack/Table`. */
  readonly id: string;
  readonly change: string;
  readonly title: string;
  /** The exact property and value, or construct option. */
  readonly how: string;
  /** Component ids that it changes the answers of. */
  readonly components: readonly string[];
  readonly prices: readonly ChangePriceLine[];
  /** Sum of what is priced. */
  readonly usdPerMonth: number;
  /** Answers that it makes better, alone: `deleted: all data → 5 min`. */
  readonly improves: readonly string[];
}

export interface ChangeSet {
  /** meets: all targets. closest: as near as any set of the catalogue comes; what it misses is in `unreachable`. */
  readonly outcome: 'nothing-needed' | 'meets' | 'closest';
  readonly changes: readonly ProposedChange[];
  readonly usdPerMonth: number;
  /** Changes in the set with a part that has no price: the sum is at least that. */
  readonly unpriced: readonly string[];
  /** exact: no cheaper set of the catalogue does it. greedy: more than the stated number of changes touch each other. */
  readonly method: 'exact' | 'greedy';
  readonly methodText: string;
  readonly considered: number;
  readonly unreachable: readonly Unreachable[];
  /** The whole app with the changes. */
  readonly after: readonly WholeAnswer[];
}

export interface Unreachable {
  readonly scenario: Scenario;
  readonly measure: 'rto' | 'rpo';
  readonly component: string;
  readonly targetSeconds: number;
  /** With every change of the catalogue; null when it cannot be told, `all-data` when nothing keeps a copy. */
  readonly bestSeconds: number | null | 'all-data';
  readonly because: string;
}

/** An input that the template does not hold, as used here. */
export interface UsedAssumption {
  /** The key of `slipway-review.yaml` that replaces it, as `recovery.respond`; `none` when nothing does. */
  readonly key: string;
  readonly value: string;
  readonly because: string;
}

export interface RecoveryReport {
  readonly components: readonly ComponentReport[];
  readonly paths: readonly PathReport[];
  /** How the paths were chosen, in a sentence. */
  readonly pathsText: string;
  /** In the order of `scenarios`; the worst over the components on users' paths. */
  readonly whole: readonly WholeAnswer[];
  readonly singlePoints: readonly SinglePoint[];
  /** Empty when no targets were stated. */
  readonly targets: readonly TargetResult[];
  /** null when no targets were stated. */
  readonly changeSet: ChangeSet | null;
  /** Every change of the catalogue that would make some answer better, cheapest first. */
  readonly possibleChanges: readonly ProposedChange[];
  readonly rules: readonly RuleResult[];
  readonly assumptions: readonly UsedAssumption[];
  /** Types in the template that hold data or answer users and that no model here knows. */
  readonly notModelled: readonly ResourceRef[];
  readonly notUnderstood: readonly NotUnderstood[];
}
