/** What both kinds of Map states read of their definition: items, what each of them becomes, and numbers. */
import type { Json } from '../../../../../core/json.ts';
import type { MapState } from '../../language/definition.ts';
import { runtimeFailure, StateFailure } from '../../language/failure.ts';
import { evaluateAs, evaluateField } from '../../language/jsonata.ts';
import { fillTemplate, selectPath, selectValue } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import { selected } from './flow.ts';

/** ItemsPath, or Items. */
export async function itemsOf(run: Execution, frame: Frame, state: MapState): Promise<readonly Json[]> {
  if (languageIn(run, state) === 'JSONata') {
    const scope = jsonataScope(run, frame, frame.input);
    if (state.Items !== undefined) {
      const items = await evaluateAs('array', state.Items, 'Items', scope);
      return items as readonly Json[];
    }
    if (!Array.isArray(frame.input))
      throw new StateFailure(
        'States.QueryEvaluationError',
        `Map state input must be an array but was: ${JSON.stringify(frame.input)}`,
      );
    return frame.input;
  }
  const scope = pathScope(run, frame, selected(run, frame, state));
  const items = selectPath(state.ItemsPath, scope);
  if (!Array.isArray(items))
    throw runtimeFailure(`Reference path "${state.ItemsPath ?? '$'}" must point to array.`);
  return items;
}

/** ItemSelector, or Parameters, sees the item in the context object. */
export async function inputsOf(
  run: Execution,
  frame: Frame,
  state: MapState,
  values: readonly Json[],
): Promise<readonly Json[]> {
  const { ItemSelector, Parameters } = state;
  const template = ItemSelector ?? Parameters;
  if (template === undefined) return values;
  const out: Json[] = [];
  const input = languageIn(run, state) === 'JSONata' ? frame.input : selected(run, frame, state);
  for (const [index, value] of values.entries()) {
    const seen: Frame = { ...frame, item: { index, value } };
    out.push(
      languageIn(run, state) === 'JSONata'
        ? await evaluateField(template, 'ItemSelector', jsonataScope(run, seen, input))
        : fillTemplate(template, pathScope(run, seen, input)),
    );
  }
  return out;
}

type NumberField = 'MaxConcurrency' | 'ToleratedFailureCount' | 'ToleratedFailurePercentage';

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A number, an expression, or a path to one in the input. */
export async function numberField(
  run: Execution,
  frame: Frame,
  state: MapState,
  field: NumberField,
): Promise<number | undefined> {
  const { [field]: given, [`${field}Path` as const]: path } = state;
  if (given !== undefined)
    return languageIn(run, state) === 'JSONata'
      ? Number(await evaluateAs('number', given, field, jsonataScope(run, frame, frame.input)))
      : Number(given);
  if (path === undefined) return undefined;
  const scope = pathScope(run, frame, selected(run, frame, state));
  const found = selectValue(`${field}Path`, path, scope);
  const whole = field !== 'ToleratedFailurePercentage';
  if (typeof found !== 'number' || (whole && !Number.isInteger(found)))
    throw runtimeFailure(
      `The ${field}Path field refers to value "${shown(found)}" which is not a valid ${whole ? 'integer' : 'float'}: ${path}`,
    );
  return found;
}
