/** One thread of an execution: from state to state, with retries and catches, until it ends or fails. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Json, JsonObject } from '../../../../core/json.ts';
import type { Catcher, Retrier, State, StatesBlock } from '../language/definition.ts';
import { StateFailure } from '../language/failure.ts';
import { evaluateField } from '../language/jsonata.ts';
import { fillTemplate, placeResult } from '../language/payload.ts';
import type { Frame } from '../records.ts';
import { forgetBranches } from './branches.ts';
import { Aborted, type Execution, FinalFailure, jsonataScope, languageIn, pathScope } from './execution.ts';
import { perform } from './states/index.ts';
import { type Step, tooLarge, waitUntil } from './step.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: 256 KiB of input or output. */
const mostBytes = 262_144;
/** Others get their turn after so many states in a row. */
const stepsInARow = 100;

const typed = (state: State, what: 'Entered' | 'Exited') => `${state.Type}State${what}` as HistoryEventType;

/** @throws StateFailure as it is told outside the thread; Aborted */
export async function runThread(
  run: Execution,
  frame: Frame,
  block: StatesBlock,
  signal: AbortSignal,
): Promise<Json> {
  for (;;) {
    if (signal.aborted) throw new Aborted();
    const state = block.States[frame.state] as State;
    enter(run, frame, state);
    const step = await stepOf(run, frame, state, signal);
    if (signal.aborted) throw new Aborted();
    if (step === 'again') continue;
    exit(run, frame, state, step);
    if (step.next === undefined) return step.output;
    if (++run.steps % stepsInARow === 0) {
      run.journal.flush();
      await new Promise<void>((resolve) => run.context.env.clock.soon(resolve));
    }
  }
}

function enter(run: Execution, frame: Frame, state: State): void {
  if (frame.entered !== undefined) return;
  const { journal, context } = run;
  frame.previous = journal.append(typed(state, 'Entered'), frame.previous, {
    stateEnteredEventDetails: {
      name: frame.state,
      input: JSON.stringify(frame.input),
      inputDetails: { truncated: false },
    },
  });
  frame.entered = frame.previous;
  frame.enteredAt = context.env.clock.now();
  journal.save(frame);
}

function exit(run: Execution, frame: Frame, state: State, { output, next, assigned }: Step): void {
  const { journal } = run;
  frame.previous = journal.append(typed(state, 'Exited'), frame.previous, {
    stateExitedEventDetails: {
      name: frame.state,
      output: JSON.stringify(output),
      outputDetails: { truncated: false },
      ...(assigned && Object.keys(assigned).length > 0
        ? {
            assignedVariables: Object.fromEntries(
              Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
            ),
            assignedVariablesDetails: { truncated: false },
          }
        : {}),
    },
  });
  if (assigned) frame.variables = { ...frame.variables, ...assigned };
  frame.input = output;
  frame.state = next ?? frame.state;
  delete frame.entered;
  delete frame.enteredAt;
  delete frame.retries;
  delete frame.retryCount;
  delete frame.pending;
  journal.save(frame);
}

async function stepOf(
  run: Execution,
  frame: Frame,
  state: State,
  signal: AbortSignal,
): Promise<Step | 'again'> {
  try {
    if (frame.pending?.kind === 'retry') {
      await waitUntil(run, frame.pending.until, signal);
      delete frame.pending;
    }
    const step = await perform(run, frame, state, signal);
    if (
      JSON.stringify(step.output).length * 3 > mostBytes &&
      Buffer.byteLength(JSON.stringify(step.output)) > mostBytes
    )
      throw tooLarge(frame.state);
    return step;
  } catch (error) {
    if (!(error instanceof StateFailure)) throw error;
    return handle(run, frame, state, error);
  }
}

/** What is retried is done again, what is caught goes on at the catcher; all else ends the thread. */
async function handle(
  run: Execution,
  frame: Frame,
  state: State,
  raw: StateFailure,
): Promise<Step | 'again'> {
  const failure = told(run, frame, raw);
  if (state.Type !== 'Task' && state.Type !== 'Parallel' && state.Type !== 'Map') throw failure;
  const below = frame.pending?.kind === 'branches';
  if (retry(run, frame, state.Retry ?? [], failure)) {
    if (below) forgetBranches(run, frame);
    return 'again';
  }
  closeFailed(run, frame, state);
  const catcher = state.Catch?.find(({ ErrorEquals }) => covers(ErrorEquals, failure.error));
  if (!catcher) throw failure;
  if (below) forgetBranches(run, frame);
  try {
    return await caught(run, frame, state, catcher, failure);
  } catch (error) {
    throw error instanceof StateFailure ? told(run, frame, error) : error;
  }
}

/** With the name of the state, unless it was told so already. */
function told(run: Execution, frame: Frame, failure: StateFailure): FinalFailure {
  if (failure instanceof FinalFailure) return failure;
  const cause = `An error occurred while executing the state '${frame.state}' (entered at the event id #${frame.entered}). ${failure.reason}`;
  if (failure.error === 'States.QueryEvaluationError')
    frame.previous = run.journal.append('EvaluationFailed', frame.previous, {
      evaluationFailedEventDetails: {
        error: failure.error,
        cause,
        state: frame.state,
        ...(failure.location === undefined ? {} : { location: failure.location }),
      },
    });
  return new FinalFailure(failure.error, cause);
}

/** Parallel and Map tell that they failed when nothing is tried any more. */
function closeFailed(run: Execution, frame: Frame, state: State): void {
  if (state.Type !== 'Parallel' && state.Type !== 'Map') return;
  frame.previous = run.journal.append(`${state.Type}StateFailed`, frame.previous);
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-error-representation */
export function covers(names: readonly string[], error: string | undefined): boolean {
  if (error !== undefined && names.includes(error)) return true;
  if (names.includes('States.ALL')) return error !== 'States.DataLimitExceeded' && error !== 'States.Runtime';
  if (error === 'States.Timeout' || error === 'States.HeartbeatTimeout')
    return names.includes('States.HeartbeatTimeout') || names.includes('States.Timeout');
  return (
    names.includes('States.TaskFailed') && error !== 'States.DataLimitExceeded' && error !== 'States.Runtime'
  );
}

function retry(run: Execution, frame: Frame, retriers: readonly Retrier[], failure: StateFailure): boolean {
  const index = retriers.findIndex(({ ErrorEquals }) => covers(ErrorEquals, failure.error));
  const retrier = retriers[index];
  if (!retrier) return false;
  const { MaxAttempts = 3, IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds, JitterStrategy } = retrier;
  const used = frame.retries?.[index] ?? 0;
  if (used >= MaxAttempts) return false;
  const full = Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const seconds = JitterStrategy === 'FULL' ? Math.random() * full : full;
  frame.retries = retriers.map((_, i) => (frame.retries?.[i] ?? 0) + (i === index ? 1 : 0));
  frame.retryCount = (frame.retryCount ?? 0) + 1;
  frame.pending = { kind: 'retry', until: run.context.env.clock.now() + seconds * 1000 };
  run.journal.save(frame);
  run.journal.flush();
  return true;
}

async function caught(
  run: Execution,
  frame: Frame,
  state: State,
  catcher: Catcher,
  failure: StateFailure,
): Promise<Step> {
  const said: JsonObject = { Error: failure.error ?? null, Cause: failure.reason ?? null };
  const { Next: next } = catcher;
  if (languageIn(run, state) === 'JSONata') {
    const scope = jsonataScope(run, frame, frame.input, { errorOutput: said });
    return {
      output: catcher.Output === undefined ? said : await evaluateField(catcher.Output, 'Output', scope),
      next,
      assigned: catcher.Assign && ((await evaluateField(catcher.Assign, 'Assign', scope)) as JsonObject),
    };
  }
  return {
    output: placeResult(frame.input, catcher.ResultPath, said),
    next,
    assigned: catcher.Assign && (fillTemplate(catcher.Assign, pathScope(run, frame, said)) as JsonObject),
  };
}
