import type { JsonObject } from '../../../../../core/json.ts';
import { ruleHolds } from '../../language/choice.ts';
import type { ChoiceState } from '../../language/definition.ts';
import { StateFailure } from '../../language/failure.ts';
import { evaluateAs } from '../../language/jsonata.ts';
import type { Frame } from '../../records.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import type { Step } from '../step.ts';
import { passOn, selected } from './flow.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
export async function choice(run: Execution, frame: Frame, state: ChoiceState): Promise<Step> {
  const rule = await firstRule(run, frame, state);
  if (rule) return passOn(run, frame, state, String(rule.Next), rule);
  if (state.Default === undefined)
    throw new StateFailure(
      'States.NoChoiceMatched',
      "No choice rule matched, and the state has no 'Default'.",
    );
  return passOn(run, frame, state, state.Default);
}

async function firstRule(run: Execution, frame: Frame, state: ChoiceState): Promise<JsonObject | undefined> {
  if (languageIn(run, state) === 'JSONPath') {
    const scope = pathScope(run, frame, selected(run, frame, state));
    return state.Choices.find((rule) => ruleHolds(rule, scope));
  }
  const scope = jsonataScope(run, frame, frame.input);
  for (const [i, rule] of state.Choices.entries())
    if (await evaluateAs('boolean', rule.Condition ?? null, `Choices[${i}]/Condition`, scope)) return rule;
  return undefined;
}
