/** What the engine is built with. */
import type { WrappableInvoke } from '../../../invoke.ts';
import type { ServiceEnvironment, SessionCredentials } from '../../../service.ts';
import type { CallContext } from '../integrations/calls.ts';
import type { EventRecord, ExecutionRecord, StatesRecords, TokenRecord } from '../records.ts';

/** Tasks that wait for somebody outside: a token, a worker. */
export interface Waiting {
  /** Called when something was said about the task; it then looks at its frame. */
  listen(token: string, wake: () => void): void;
  forget(token: string): void;
  /** A task is there for the workers of an activity. */
  offer(activity: string, token: string): void;
}

export interface EngineContext extends CallContext {
  readonly env: ServiceEnvironment;
  readonly records: StatesRecords;
  readonly waiting: Waiting;
  /** Calls as the role of a machine, or as one that it takes on. */
  roleInvoke(roleArn: string, credentials: string | undefined, name: string): Promise<WrappableInvoke>;
  /** The same, for requests that are signed. */
  roleCredentials(
    roleArn: string,
    credentials: string | undefined,
    name: string,
  ): Promise<SessionCredentials>;
  /** Why the role of a machine may not start the machine's child executions; undefined when it may. */
  childDenial(roleArn: string, machineArn: string): Promise<string | undefined>;
  /** Every event, when it is written: logs and metrics. */
  observe(execution: ExecutionRecord, event: EventRecord): void;
  /** An execution began or ended. */
  changed(execution: ExecutionRecord): void;
  token(record: TokenRecord): string;
  failed(what: string, error: unknown): void;
}
