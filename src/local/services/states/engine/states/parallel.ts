import type { ParallelState } from '../../language/definition.ts';
import type { Frame } from '../../records.ts';
import { runBranches } from '../branches.ts';
import type { Execution } from '../execution.ts';
import type { Step } from '../step.ts';
import { argumentsOf, finish } from './flow.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export async function parallel(
  run: Execution,
  frame: Frame,
  state: ParallelState,
  signal: AbortSignal,
): Promise<Step> {
  const { journal } = run;
  if (frame.pending?.kind !== 'branches') {
    const input = await argumentsOf(run, frame, state);
    frame.previous = journal.append('ParallelStateStarted', frame.previous);
    frame.pending = { kind: 'branches', round: frame.previous, input, items: null };
    journal.save(frame);
  }
  const { round, input } = frame.pending;
  const outputs = await runBranches(run, frame, signal, {
    count: state.Branches.length,
    limit: state.Branches.length,
    round,
    block: (i) => state.Branches[i] ?? { StartAt: '', States: {} },
    begin: (i, id) => ({
      id,
      state: state.Branches[i]?.StartAt ?? '',
      input,
      variables: {},
      previous: round,
    }),
  });
  journal.append('ParallelStateSucceeded', frame.previous);
  return finish(run, frame, state, outputs);
}
