import type { PassState } from '../../language/definition.ts';
import type { Frame } from '../../records.ts';
import { type Execution, languageIn } from '../execution.ts';
import type { Step } from '../step.ts';
import { argumentsOf, finish, passOn } from './flow.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export async function pass(run: Execution, frame: Frame, state: PassState): Promise<Step> {
  if (languageIn(run, state) === 'JSONata') return passOn(run, frame, state, state.Next);
  const input = await argumentsOf(run, frame, state);
  return finish(run, frame, state, state.Result === undefined ? input : state.Result);
}
