import type { Json } from '../../../../../core/json.ts';
import { type MapState, processorOf } from '../../language/definition.ts';
import { runtimeFailure, StateFailure } from '../../language/failure.ts';
import { evaluateAs, evaluateField } from '../../language/jsonata.ts';
import { fillTemplate, selectPath, selectValue } from '../../language/payload.ts';
import type { Frame } from '../../records.ts';
import { runBranches } from '../branches.ts';
import { type Execution, jsonataScope, languageIn, pathScope } from '../execution.ts';
import type { Step } from '../step.ts';
import { finish, selected } from './flow.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html: at most 40 at a time. */
const mostAtOnce = 40;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export async function map(run: Execution, frame: Frame, state: MapState, signal: AbortSignal): Promise<Step> {
  const { journal } = run;
  if (frame.pending?.kind !== 'branches') {
    const items = await itemsOf(run, frame, state);
    const limit = await concurrency(run, frame, state);
    frame.previous = journal.append('MapStateStarted', frame.previous, {
      mapStateStartedEventDetails: { length: items.length },
    });
    frame.pending = { kind: 'branches', round: frame.previous, input: limit, items };
    journal.save(frame);
  }
  const { round, items, input: limit } = frame.pending;
  const values = Array.isArray(items) ? (items as readonly Json[]) : [];
  const inputs = await inputsOf(run, frame, state, values);
  const processor = processorOf(state);
  const { state: name } = frame;
  const outputs = await runBranches(run, frame, signal, {
    count: values.length,
    limit: Number(limit),
    round,
    block: () => processor,
    begin: (index, id, previous) => ({
      id,
      state: processor.StartAt,
      input: inputs[index] ?? null,
      variables: {},
      previous: journal.append('MapIterationStarted', previous, {
        mapIterationStartedEventDetails: { name, index },
      }),
      item: { index, value: values[index] ?? null },
    }),
    succeeded: (index, child) =>
      journal.append('MapIterationSucceeded', child.previous, {
        mapIterationSucceededEventDetails: { name, index },
      }),
    failed: (index, child) =>
      journal.append('MapIterationFailed', child.previous, {
        mapIterationFailedEventDetails: { name, index },
      }),
    aborted: (index, _, by) =>
      journal.append('MapIterationAborted', by, { mapIterationAbortedEventDetails: { name, index } }),
  });
  journal.append('MapStateSucceeded', frame.previous);
  return finish(run, frame, state, outputs);
}

/** ItemsPath, or Items. */
async function itemsOf(run: Execution, frame: Frame, state: MapState): Promise<readonly Json[]> {
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

async function concurrency(run: Execution, frame: Frame, state: MapState): Promise<number> {
  const { MaxConcurrency, MaxConcurrencyPath: path } = state;
  let limit: Json = MaxConcurrency ?? 0;
  if (languageIn(run, state) === 'JSONata')
    limit = await evaluateAs('number', limit, 'MaxConcurrency', jsonataScope(run, frame, frame.input));
  else if (path !== undefined) {
    limit = selectValue('MaxConcurrencyPath', path, pathScope(run, frame, selected(run, frame, state)));
    if (typeof limit !== 'number' || !Number.isInteger(limit))
      throw runtimeFailure(
        `The MaxConcurrencyPath field refers to value "${typeof limit === 'string' ? limit : JSON.stringify(limit)}" which is not a valid integer: ${path}`,
      );
  }
  return Number(limit) > 0 ? Math.min(Number(limit), mostAtOnce) : mostAtOnce;
}

/** ItemSelector, or Parameters, sees the item in the context object. */
async function inputsOf(
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
