/** A running cloud with everything that it is made of. What users see of one is `LocalCloud` in src/api. */
import type { MovableClock } from '../core/clock.ts';
import type { Scope } from '../core/regions.ts';
import type { ContextAnswers, ContextQuery } from '../template/context-queries.ts';
import type { StackToCheck, StackVerdict } from '../template/verdict.ts';
import type { Failures } from './cloud/recorders.ts';
import type { FaultRules } from './edge/faults.ts';
import type { LoadedService } from './edge/loaded-service.ts';
import type { Meter } from './edge/meter.ts';
import type { Samples } from './edge/samples.ts';
import type { UsedActions } from './edge/used-actions.ts';
import type { EventLog } from './event-log.ts';
import type { Accounts } from './iam/accounts.ts';
import type { Invoke, ResourceType } from './service.ts';
import type { Store } from './store/store.ts';

export interface Cloud {
  readonly endpoint: string;
  readonly port: number;
  readonly accountId: string;
  /** Of clients and stacks that do not say. */
  readonly region: string;
  /** The developer's own credentials: an IAM user with AdministratorAccess. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: MovableClock;
  readonly store: Store;
  readonly events: EventLog;
  readonly meter: Meter;
  readonly usedActions: UsedActions;
  readonly samples: Samples;
  /** What failed in Slipway itself since the start. */
  failures(): Failures;
  /** Reports an error that nobody expected. */
  failed(error: unknown, what: string): void;
  readonly faults: FaultRules;
  readonly accounts: Accounts;
  /** Calls made inside the cloud as the developer. */
  readonly invoke: Invoke;
  /** Where services, or this one, were used so far; the home account and region first. */
  scopes(service?: string): Promise<readonly Scope[]>;
  /** Default: that of the home account, in the region of the clients. */
  load(service: string, scope?: Scope): Promise<LoadedService>;
  /** The CloudFormation types of every service loaded so far. */
  resourceTypes(): Promise<Readonly<Record<string, Pick<ResourceType, 'mode' | 'because'>>>>;
  /** What becomes of the templates of an app here, in the order in which they are deployed. Nothing is made. */
  check(stacks: readonly StackToCheck[]): Promise<readonly StackVerdict[]>;
  /** The runtimes that run functions of those that AWS takes no longer, after they are set to those that are given. */
  runDeprecatedAs(runtimes?: readonly string[]): Promise<readonly string[]>;
  /** What a CDK app asks for while it is synthesized. */
  lookUp(queries: readonly ContextQuery[]): Promise<ContextAnswers>;
  /** Called when somebody asks over the control interface that the host stop this cloud. */
  onStopRequest(stop: () => void): void;
  requestStop(): void;
  close(): Promise<void>;
}
