import type { Json } from '../../../../../core/json.ts';
import { evaluatePath, parsePath } from '../../../../../core/json-path.ts';
import { readTimestamp } from '../../language/choice.ts';
import type { WaitState } from '../../language/definition.ts';
import { runtimeFailure, StateFailure } from '../../language/failure.ts';
import { evaluateAs } from '../../language/jsonata.ts';
import { type Scope, selectValue } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import { type Step, waitUntil } from '../step.ts';
import { passOn, selected } from './flow.ts';

const mostSeconds = 99_999_999;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export async function wait(
  run: Execution,
  frame: Frame,
  state: WaitState,
  signal: AbortSignal,
): Promise<Step> {
  if (frame.pending?.kind !== 'wait') {
    frame.pending = { kind: 'wait', until: await endOf(run, frame, state) };
    run.journal.save(frame);
    run.journal.flush();
  }
  await waitUntil(run, frame.pending.until, signal);
  return passOn(run, frame, state, state.Next);
}

async function endOf(run: Execution, frame: Frame, state: WaitState): Promise<number> {
  const now = run.context.env.clock.now();
  if (languageIn(run, state) === 'JSONata') {
    const scope = jsonataScope(run, frame, frame.input);
    if (state.Seconds !== undefined) {
      const seconds = Number(await evaluateAs('number', state.Seconds, 'Seconds', scope));
      return now + 1000 * inRange(seconds);
    }
    const text = await evaluateAs('string', state.Timestamp ?? null, 'Timestamp', scope);
    const at = readTimestamp(text);
    if (at === undefined)
      throw new StateFailure(
        'States.QueryEvaluationError',
        `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${String(text)}`,
        'Timestamp',
      );
    return at;
  }
  const scope = pathScope(run, frame, selected(run, frame, state));
  if (state.Seconds !== undefined) return now + 1000 * inRange(Number(state.Seconds));
  if (state.Timestamp !== undefined) return readTimestamp(state.Timestamp) ?? now;
  if (state.SecondsPath !== undefined) return now + 1000 * inRange(secondsAt(state.SecondsPath, scope));
  const path = state.TimestampPath ?? '$';
  const found = selectValue('TimestampPath', path, scope);
  const at = readTimestamp(found);
  if (at === undefined)
    throw runtimeFailure(
      `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${shown(found)}`,
    );
  return at;
}

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

function secondsAt(path: string, scope: Scope): number {
  const found = path.startsWith('States.')
    ? selectValue('SecondsPath', path, scope)
    : evaluatePath(parsePath(path), scope);
  if (found === undefined)
    throw runtimeFailure(`The SecondsPath parameter does not reference an input value: ${path}`);
  if (typeof found !== 'number' || !Number.isInteger(found))
    throw runtimeFailure(
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${shown(found)}`,
    );
  if (found < 0)
    throw runtimeFailure(`The SecondsPath parameter references a negative value: ${path} == ${found}`);
  return found;
}

function inRange(seconds: number): number {
  if (seconds > mostSeconds) throw runtimeFailure('Wait state delay is too long.');
  return Math.max(0, seconds);
}
