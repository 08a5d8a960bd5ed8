/**
 * A component of the recovery review: a resource and its recovery options by scenario. Its answer to a scenario is the
 * best of its options, so a change that adds an option can only make answers better.
 */
import type { Architecture, Resource } from '../../architecture/index.ts';
import type { BackupIndex } from './backups.ts';
import type { Basis, ComponentKind, Noticed, Scenario, TimePart } from './report.ts';

export interface RecoveryOption {
  readonly scenarios: readonly Scenario[];
  /** A clause after "it": `another task takes over`. */
  readonly how: string;
  /** Without detection and response, which are added when a person is needed. Empty: there is no interruption. */
  readonly steps: readonly TimePart[];
  /** A person has to act. */
  readonly needsPerson: boolean;
  /** Seconds of writes that may be lost. null: none. */
  readonly loses: number | null | 'all-data';
  readonly lossBasis: readonly Basis[];
}

export interface Doubt {
  readonly scenarios: readonly Scenario[];
  /** The property that could not be resolved, and why. */
  readonly what: string;
}

/** kept: must not be lost. transit: messages until they are processed. rebuildable: can be made again. none: only code. */
export type DataKind = 'none' | 'rebuildable' | 'transit' | 'kept';

export interface Component {
  readonly id: string;
  readonly resource: Resource;
  /** Resources that are part of it: a cluster's instances, a VPC's NAT gateways. Includes `resource`. */
  readonly members: readonly Resource[];
  readonly kind: ComponentKind;
  readonly label: string;
  readonly data: DataKind;
  readonly options: readonly RecoveryOption[];
  readonly doubts: readonly Doubt[];
  readonly noticed: Noticed | null;
  /** Availability zones it runs in; absent when AWS spreads it over the region. For single points of failure. */
  readonly zones?: readonly string[];
  /** Copies that run at once; absent when AWS runs it. */
  readonly copies?: number;
}

export interface Span {
  readonly min: number;
  readonly max: number;
}

export interface RecoveryInputs {
  /** Size of the data of each store in GB, by resource id; `default` for the rest. */
  readonly dataGb?: Readonly<Record<string, number>>;
  /** Until somebody who was told begins to act, in seconds. */
  readonly respondSeconds?: Span;
  /** Until somebody notices when nobody is told. */
  readonly unattendedSeconds?: Span;
  /** To deploy the whole app where nothing of it is left. */
  readonly redeploySeconds?: Span;
  /** To put the previous version back. */
  readonly rollbackSeconds?: Span;
  /** How old the oldest waiting message of a queue usually is. */
  readonly backlogSeconds?: number;
  /** Restores that were rehearsed, by resource id: replaces the figures of the models. */
  readonly restoreSeconds?: Readonly<Record<string, Span>>;
}

export interface Context {
  readonly app: Architecture;
  readonly inputs: RecoveryInputs;
  readonly backups: BackupIndex;
  dataGb(resource: Resource): number;
  /** A restore's time: fixed part plus so many seconds a GB, or what was measured. */
  restore(resource: Resource, figure: RestoreFigure): TimePart;
}

export interface RestoreFigure {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  /** Added to `max` for each GB. */
  readonly secondsPerGb: number;
  readonly basis: Basis;
}

interface ModelResult {
  readonly label: string;
  readonly kind: ComponentKind;
  readonly data: DataKind;
  readonly options: readonly RecoveryOption[];
  readonly doubts?: readonly Doubt[];
  readonly members?: readonly Resource[];
  readonly zones?: readonly string[];
  readonly copies?: number;
}

/** One kind of component: one file in `components/`. */
export interface ComponentModel {
  /** CloudFormation types that are components of this kind. */
  readonly types: readonly string[];
  /** undefined: this resource is a part of another component, or only works while deploying. */
  read(resource: Resource, context: Context): ModelResult | undefined;
}
