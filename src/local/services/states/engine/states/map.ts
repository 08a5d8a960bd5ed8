import type { Json } from '../../../../../core/json.ts';
import { isDistributed, type MapState, processorOf } from '../../language/definition.ts';
import type { Frame } from '../../records.ts';
import { runBranches } from '../branches.ts';
import type { Execution } from '../execution.ts';
import type { Step } from '../step.ts';
import { distributedMap } from './distributed-map.ts';
import { finish } from './flow.ts';
import { inputsOf, itemsOf, numberField } from './map-items.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html: at most 40 at a time. */
const mostAtOnce = 40;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map.html */
export async function map(run: Execution, frame: Frame, state: MapState, signal: AbortSignal): Promise<Step> {
  if (isDistributed(state)) return distributedMap(run, frame, state, signal);
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

async function concurrency(run: Execution, frame: Frame, state: MapState): Promise<number> {
  const limit = (await numberField(run, frame, state, 'MaxConcurrency')) ?? 0;
  return limit > 0 ? Math.min(limit, mostAtOnce) : mostAtOnce;
}
