/** Threads beside one another, of Parallel and Map: all have to succeed, the first that fails ends the others. */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { Json } from '../../../../core/json.ts';
import type { StatesBlock } from '../language/definition.ts';
import type { Frame } from '../records.ts';
import { Aborted, type Execution, FinalFailure } from './execution.ts';

interface Branches {
  readonly count: number;
  /** How many run at a time. */
  readonly limit: number;
  readonly round: number;
  block(index: number): StatesBlock;
  /** A thread at its beginning. */
  begin(index: number, id: string, previous: number): Frame;
  started?(index: number, child: Frame): void;
  succeeded?(index: number, child: Frame): void;
  failed?(index: number, child: Frame): void;
  aborted?(index: number, child: Frame, by: number): void;
}

/** States whose end from outside the history tells. */
const tellAbort = new Set(['Task', 'Wait', 'Parallel', 'Map']);

export async function runBranches(
  run: Execution,
  frame: Frame,
  signal: AbortSignal,
  branches: Branches,
): Promise<readonly Json[]> {
  const { count, limit, round } = branches;
  const { journal, frames } = run;
  const own = new AbortController();
  const abort = () => own.abort();
  signal.addEventListener('abort', abort, { once: true });
  const children = Array.from({ length: count }, (_, i) => frames.get(`${frame.id}.${round}.${i}`));
  let failure: unknown;
  let failedChild: Frame | undefined;
  let last = frame.previous;
  let next = 0;

  async function work(): Promise<void> {
    for (let i = next++; i < count; i = next++) {
      if (own.signal.aborted) return;
      const child = children[i] ?? create(i);
      if (child.outcome) continue;
      try {
        const output = await run.runThread(run, child, branches.block(i), own.signal);
        child.outcome = { output };
        last = child.previous;
        branches.succeeded?.(i, child);
        journal.save(child);
      } catch (error) {
        if (!(error instanceof Aborted) && failure === undefined) {
          failure = error;
          failedChild = child;
          if (error instanceof FinalFailure) branches.failed?.(i, child);
          own.abort();
        }
        return;
      }
    }
  }

  function create(i: number): Frame {
    const child = branches.begin(i, `${frame.id}.${round}.${i}`, last);
    children[i] = child;
    frames.set(child.id, child);
    branches.started?.(i, child);
    journal.save(child);
    return child;
  }

  // What runs at once begins at once.
  if (limit >= count) for (let i = 0; i < count; i++) if (!children[i]) create(i);
  await Promise.all(Array.from({ length: Math.min(limit, count) }, work));
  signal.removeEventListener('abort', abort);
  if (signal.aborted) throw new Aborted();
  if (failure !== undefined) {
    if (failedChild && failure instanceof FinalFailure) tellAborts(children, failedChild);
    // Kept until the state is tried again or left: a redrive goes on with the threads that had not ended.
    throw failure;
  }
  frame.previous = last;
  const outputs = children.map((child) =>
    child?.outcome && 'output' in child.outcome ? child.outcome.output : null,
  );
  forgetBranches(run, frame);
  return outputs;

  function tellAborts(all: readonly (Frame | undefined)[], culprit: Frame): void {
    frame.previous = culprit.previous;
    all.forEach((child, i) => {
      if (!child || child.outcome) return;
      if (child !== culprit) branches.aborted?.(i, child, culprit.previous);
      const type = branches.block(i).States[child.state]?.Type ?? '';
      if (child.entered !== undefined && tellAbort.has(type))
        journal.append(`${type}StateAborted` as HistoryEventType, culprit.previous);
    });
  }
}

/** Forgets the threads below one. */
export function forgetBranches({ frames, journal }: Execution, frame: Frame): void {
  const below = `${frame.id}.`;
  for (const id of [...frames.keys()]) if (id.startsWith(below)) frames.delete(id);
  journal.dropBelow(frame);
}
