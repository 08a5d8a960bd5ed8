/** From a state's input to what it works with, and from its result to its output, in both query languages. */

import type { Json, JsonObject } from '../../../../../core/json.ts';
import type { State } from '../../language/definition.ts';
import { evaluateField } from '../../language/jsonata.ts';
import { fillTemplate, placeResult, selectPath } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import type { Step } from '../step.ts';

type Flowing = Exclude<State, { Type: 'Fail' }>;

/** The input after InputPath. */
export const selected = (run: Execution, frame: Frame, { InputPath }: Flowing, token?: string): Json =>
  selectPath(InputPath, pathScope(run, frame, frame.input, token));

/** What a state that works is given: the input after InputPath and Parameters, or Arguments. */
export function argumentsOf(
  run: Execution,
  frame: Frame,
  state: Flowing & { readonly Parameters?: Json; readonly Arguments?: Json },
  token?: string,
): Json | Promise<Json> {
  if (languageIn(run, state) === 'JSONata')
    return state.Arguments === undefined
      ? frame.input
      : evaluateField(state.Arguments, 'Arguments', jsonataScope(run, frame, frame.input, { token }));
  const input = selected(run, frame, state, token);
  return state.Parameters === undefined
    ? input
    : fillTemplate(state.Parameters, pathScope(run, frame, input, token));
}

/** The output of a state that has a result: ResultSelector, ResultPath, OutputPath, or Output; and Assign. */
export async function finish(
  run: Execution,
  frame: Frame,
  state: Flowing & { readonly ResultSelector?: JsonObject; readonly ResultPath?: string | null },
  result: Json,
): Promise<Step> {
  const { Next: next, Assign, Output } = state;
  if (languageIn(run, state) === 'JSONata') {
    const scope = jsonataScope(run, frame, frame.input, { result });
    return {
      output: Output === undefined ? result : await evaluateField(Output, 'Output', scope),
      next,
      assigned: Assign && ((await evaluateField(Assign, 'Assign', scope)) as JsonObject),
    };
  }
  const chosen =
    state.ResultSelector === undefined
      ? result
      : fillTemplate(state.ResultSelector, pathScope(run, frame, result));
  const assigned = Assign && (fillTemplate(Assign, pathScope(run, frame, chosen)) as JsonObject);
  const placed = placeResult(frame.input, state.ResultPath, chosen);
  return { output: selectPath(state.OutputPath, pathScope(run, frame, placed)), next, assigned };
}

/** The output of a state without a result of its own: its input, after InputPath and OutputPath, or Output. */
export async function passOn(
  run: Execution,
  frame: Frame,
  state: Flowing,
  next: string | undefined,
  chosen: { readonly Assign?: JsonObject; readonly Output?: Json } = state,
): Promise<Step> {
  if (languageIn(run, state) === 'JSONata') {
    const { Assign, Output } = chosen;
    const scope = jsonataScope(run, frame, frame.input);
    return {
      output: Output === undefined ? frame.input : await evaluateField(Output, 'Output', scope),
      next,
      assigned: Assign && ((await evaluateField(Assign, 'Assign', scope)) as JsonObject),
    };
  }
  const input = selected(run, frame, state);
  const assigned = chosen.Assign && (fillTemplate(chosen.Assign, pathScope(run, frame, input)) as JsonObject);
  return { output: selectPath(state.OutputPath, pathScope(run, frame, input)), next, assigned };
}
