/**
 * A state machine's definition as the engine reads it. It has passed ./validate.ts.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
import type { Json, JsonObject } from '../../../../core/json.ts';

export type QueryLanguage = 'JSONPath' | 'JSONata';

export interface StatesBlock {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface Definition extends StatesBlock {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly TimeoutSeconds?: number;
}

export interface Processor extends StatesBlock {
  readonly ProcessorConfig?: {
    readonly Mode?: 'INLINE' | 'DISTRIBUTED';
    readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
  };
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Assign?: JsonObject;
  readonly Output?: Json;
}

interface Flow {
  readonly Comment?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly Assign?: JsonObject;
  readonly Output?: Json;
  readonly Next?: string;
  readonly End?: boolean;
}

interface Working extends Flow {
  readonly Parameters?: Json;
  readonly Arguments?: Json;
  readonly ResultSelector?: JsonObject;
  readonly ResultPath?: string | null;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface PassState extends Flow {
  readonly Type: 'Pass';
  readonly Parameters?: Json;
  readonly Result?: Json;
  readonly ResultPath?: string | null;
}

export interface TaskState extends Working {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
  readonly Credentials?: JsonObject;
}

export interface ChoiceState extends Flow {
  readonly Type: 'Choice';
  readonly Choices: readonly JsonObject[];
  readonly Default?: string;
}

export interface WaitState extends Flow {
  readonly Type: 'Wait';
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}

export interface SucceedState extends Flow {
  readonly Type: 'Succeed';
}

export interface FailState extends Flow {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

export interface ParallelState extends Working {
  readonly Type: 'Parallel';
  readonly Branches: readonly StatesBlock[];
}

export interface MapState extends Working {
  readonly Type: 'Map';
  readonly ItemsPath?: string;
  readonly Items?: Json;
  readonly ItemSelector?: Json;
  readonly ItemProcessor?: Processor;
  readonly Iterator?: Processor;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ItemReader?: JsonObject;
  readonly ItemBatcher?: JsonObject;
  readonly ResultWriter?: JsonObject;
  readonly Label?: string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
}

export type State =
  | PassState
  | TaskState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

/** `Iterator` and `Parameters` are the names that the fields of Map had first. */
export const processorOf = (state: MapState): Processor =>
  state.ItemProcessor ?? state.Iterator ?? { StartAt: '', States: {} };

export const isDistributed = (state: MapState): boolean =>
  processorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED';

/** The blocks inside a state. */
export const blocksOf = (state: State): readonly StatesBlock[] =>
  state.Type === 'Parallel' ? state.Branches : state.Type === 'Map' ? [processorOf(state)] : [];

/** Every state of a definition, nested ones too. */
export function* everyState(block: StatesBlock): Generator<readonly [string, State]> {
  for (const [name, state] of Object.entries(block.States)) {
    yield [name, state];
    for (const inner of blocksOf(state)) yield* everyState(inner);
  }
}

export const languageOf = (definition: Definition, state: State): QueryLanguage =>
  state.QueryLanguage ?? definition.QueryLanguage ?? 'JSONPath';
