/** State machines, executions and what else Step Functions keeps. */
import type { HistoryEvent, LoggingConfiguration } from '@aws-sdk/client-sfn';
import type { Json } from '../../../core/json.ts';
import type { Collection, Store } from '../../store/store.ts';
import type { Job } from './integrations/jobs.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';
export type ExecutionStatus =
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'ABORTED'
  | 'PENDING_REDRIVE';

/** What an update replaces; executions keep the one that they began with. */
export interface RevisionRecord {
  readonly id: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly logging?: LoggingConfiguration;
  readonly tracing?: boolean;
  readonly updated: number;
}

export interface MachineRecord {
  readonly name: string;
  readonly type: MachineType;
  /** ms since the epoch. */
  readonly created: number;
  readonly revision: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The highest version number given so far. */
  readonly versions: number;
}

export interface VersionRecord {
  readonly number: number;
  readonly revision: string;
  readonly description?: string;
  readonly created: number;
}

export interface AliasRecord {
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly { readonly version: number; readonly weight: number }[];
  readonly created: number;
  readonly updated: number;
}

export interface ExecutionRecord {
  readonly machine: string;
  /** Of a distributed Map's child execution: the machine's name and the Map's label. */
  readonly group: string;
  readonly name: string;
  readonly type: MachineType;
  readonly revision: string;
  readonly version?: number;
  readonly alias?: string;
  readonly status: ExecutionStatus;
  /** ms since the epoch. */
  readonly started: number;
  readonly stopped?: number;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly traceHeader?: string;
  readonly redrives: number;
  readonly redriven?: number;
  readonly mapRun?: string;
}

/** What a thread of an execution waits for. */
export type Pending =
  | {
      readonly kind: 'task';
      readonly parameters: Json;
      /** `calling` until the call was answered. */
      phase: 'calling' | 'waiting';
      readonly token?: string;
      job?: Job;
      /** ms since the epoch. */
      readonly deadline?: number;
      readonly heartbeat?: number;
      beat?: number;
      /** What SendTaskSuccess or SendTaskFailure said, or the call itself: kept until the thread goes on. */
      answer?: Answer;
      /** What the call answered, kept in the same write as what it changed. */
      called?: { readonly output: object };
      /** The call is under way, and nobody knows what it has changed so far. */
      begun?: true;
      /** Of an activity: who works on it. */
      worker?: string;
    }
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'retry'; readonly until: number }
  | { readonly kind: 'map-run'; readonly id: string }
  | { readonly kind: 'branches'; readonly round: number; readonly input: Json; readonly items: Json | null };

export type Answer =
  | { readonly output: Json }
  | { readonly error?: string; readonly cause?: string; readonly timedOut?: true };

/** A distributed Map's run: its child executions, and how many of them may fail. */
export interface MapRunRecord {
  readonly id: string;
  readonly machine: string;
  readonly label: string;
  /** The execution whose state it is. */
  readonly parent: { readonly group: string; readonly name: string };
  /** Of the children, as text: a machine of the Map's processor. */
  readonly definition: string;
  readonly type: MachineType;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly started: number;
  readonly stopped?: number;
  readonly maxConcurrency: number;
  readonly toleratedCount?: number;
  readonly toleratedPercentage?: number;
  readonly resultsWritten: boolean;
}

/** One child of a run: an item, or a batch of them. */
export interface MapChildRecord {
  readonly name: string;
  readonly input: string;
  readonly items: number;
  readonly status: ExecutionStatus | 'PENDING';
  readonly started?: number;
  readonly stopped?: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Where one thread of an execution is: the execution itself, a branch of Parallel, an item of Map. */
export interface Frame {
  /** `0`; `0.<round>.<index>` of a branch or an item. */
  readonly id: string;
  state: string;
  input: Json;
  variables: Readonly<Record<string, Json>>;
  /** The last event of the thread. */
  previous: number;
  /** The event with which it entered the state; absent while it has not. */
  entered?: number;
  enteredAt?: number;
  /** By retrier: how often it was used. */
  retries?: readonly number[];
  retryCount?: number;
  pending?: Pending;
  /** Of an item. */
  readonly item?: { readonly index: number; readonly value: Json };
  /** When the thread has ended. */
  outcome?: { readonly output: Json } | { readonly error?: string; readonly cause?: string };
}

export interface ActivityRecord {
  readonly name: string;
  readonly created: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A task that waits for its token, or for a worker. */
export interface TokenRecord {
  readonly group: string;
  readonly execution: string;
  readonly frame: string;
  readonly activity?: string;
}

/** As kept: times are numbers. */
export type EventRecord = Omit<HistoryEvent, 'id' | 'timestamp'> & {
  readonly id: number;
  readonly timestamp: number;
};

export interface StatesRecords {
  readonly machines: Collection<MachineRecord>;
  /** By machine and id. */
  readonly revisions: Collection<RevisionRecord>;
  readonly versions: Collection<VersionRecord>;
  readonly aliases: Collection<AliasRecord>;
  /** By group and name. */
  readonly executions: Collection<ExecutionRecord>;
  /** By group, start and name: lists show the newest first. */
  readonly byStart: Collection<true>;
  /** By group and name, of standard executions that have not ended. */
  readonly running: Collection<true>;
  readonly frames: Collection<Frame>;
  readonly history: Collection<EventRecord>;
  readonly activities: Collection<ActivityRecord>;
  /** By machine, label and id. */
  readonly mapRuns: Collection<MapRunRecord>;
  /** By the run's id and the number of the child. */
  readonly mapChildren: Collection<MapChildRecord>;
  readonly tokens: Collection<TokenRecord>;
}

export const openRecords = (store: Store): StatesRecords => ({
  machines: store.collection('states/machines'),
  revisions: store.collection('states/revisions'),
  versions: store.collection('states/versions'),
  aliases: store.collection('states/aliases'),
  executions: store.collection('states/executions'),
  byStart: store.collection('states/executions-by-start'),
  running: store.collection('states/running'),
  frames: store.collection('states/frames'),
  history: store.collection('states/history'),
  activities: store.collection('states/activities'),
  mapRuns: store.collection('states/map-runs'),
  mapChildren: store.collection('states/map-children'),
  tokens: store.collection('states/tokens'),
});
