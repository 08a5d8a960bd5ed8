/** An execution as it runs: its threads, what they may see, and how it is ended. */

import type { Json, JsonObject } from '../../../../core/json.ts';
import type { WrappableInvoke } from '../../../invoke.ts';
import type { SessionCredentials } from '../../../service.ts';
import {
  type Definition,
  languageOf,
  type QueryLanguage,
  type State,
  type StatesBlock,
} from '../language/definition.ts';
import { StateFailure } from '../language/failure.ts';
import type { JsonataScope } from '../language/jsonata.ts';
import type { Scope } from '../language/payload.ts';
import type { ExecutionRecord, Frame } from '../records.ts';
import type { EngineContext } from './context.ts';
import type { Journal } from './journal.ts';

/** The engine stops, or the execution was ended from outside: the thread leaves without another word. */
export class Aborted extends Error {}

/** Why threads are ended when the cloud stops: they go on at the next start. */
export const stopping = 'stopping';

/** A failure that is told as it is; others are told with the state that they happened in. */
export class FinalFailure extends StateFailure {}

/** @throws StateFailure as it is told outside the thread; Aborted */
export type RunThread = (
  run: Execution,
  frame: Frame,
  block: StatesBlock,
  signal: AbortSignal,
) => Promise<Json>;

export interface Children {
  start(record: ExecutionRecord): Promise<ExecutionRecord>;
  whenDone(group: string, name: string): Promise<ExecutionRecord> | undefined;
  abort(group: string, name: string): ExecutionRecord | undefined;
}

export interface Execution {
  readonly context: EngineContext;
  record: ExecutionRecord;
  readonly arn: string;
  readonly machineArn: string;
  readonly roleArn: string;
  readonly definition: Definition;
  readonly input: Json;
  readonly frames: Map<string, Frame>;
  readonly journal: Journal;
  /** Ends every thread. */
  readonly abort: AbortController;
  /** Calls with the permissions of the machine's role, or of one that it takes on. */
  role(credentials?: string): Promise<WrappableInvoke>;
  credentials(taken?: string): Promise<SessionCredentials>;
  /** Runs a thread of it to its end. */
  readonly runThread: RunThread;
  /** Starts and ends the child executions of a distributed Map. */
  readonly engine: Children;
  /** Steps since others had their turn. */
  steps: number;
}

const isoTime = (ms: number) => new Date(ms).toISOString();

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export function contextObject(run: Execution, frame: Frame, token?: string): JsonObject {
  const { record } = run;
  const item = itemOf(run, frame);
  return {
    Execution: {
      Id: run.arn,
      Input: run.input,
      Name: record.name,
      RoleArn: run.roleArn,
      StartTime: isoTime(record.started),
      RedriveCount: record.redrives,
      ...(record.redriven === undefined ? {} : { RedriveTime: isoTime(record.redriven) }),
    },
    ...(item ? { Map: { Item: { Index: item.index, Value: item.value } } } : {}),
    State: {
      Name: frame.state,
      EnteredTime: isoTime(frame.enteredAt ?? record.started),
      RetryCount: frame.retryCount ?? 0,
    },
    StateMachine: { Id: run.machineArn, Name: record.machine },
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}

/** The innermost item that a thread works on. */
function itemOf(run: Execution, frame: Frame): Frame['item'] {
  for (let at: Frame | undefined = frame; at; at = parentOf(run, at)) if (at.item) return at.item;
  return undefined;
}

export function parentOf(run: Execution, { id }: Frame): Frame | undefined {
  const parts = id.split('.');
  return parts.length < 3 ? undefined : run.frames.get(parts.slice(0, -2).join('.'));
}

/** Variables of the thread and of those around it; the nearest counts. */
export function variablesOf(run: Execution, frame: Frame): Readonly<Record<string, Json>> {
  const parent = parentOf(run, frame);
  return parent ? { ...variablesOf(run, parent), ...frame.variables } : frame.variables;
}

function variable(run: Execution, frame: Frame, name: string): Json | undefined {
  for (let at: Frame | undefined = frame; at; at = parentOf(run, at))
    if (Object.hasOwn(at.variables, name)) return at.variables[name];
  return undefined;
}

export function pathScope(run: Execution, frame: Frame, input: Json, token?: string): Scope {
  let context: JsonObject | undefined;
  return {
    input,
    get context() {
      context ??= contextObject(run, frame, token);
      return context;
    },
    variable: (name) => variable(run, frame, name),
    uuid: run.context.env.uuid,
  };
}

interface StatesSeen {
  readonly result?: Json;
  readonly errorOutput?: Json;
  readonly token?: string | undefined;
}

export const jsonataScope = (
  run: Execution,
  frame: Frame,
  input: Json,
  { token, ...seen }: StatesSeen = {},
): JsonataScope => ({
  states: { input, ...seen, context: contextObject(run, frame, token) },
  variables: variablesOf(run, frame),
  uuid: run.context.env.uuid,
});

export const languageIn = (run: Execution, state: State): QueryLanguage => languageOf(run.definition, state);
