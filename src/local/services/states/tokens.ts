/** Tasks by their tokens, and what is said about them. */
import type { StatesContext } from './context.ts';
import { arnOf } from './context.ts';
import type { Execution } from './engine/execution.ts';
import { invalidToken, taskTimedOut } from './errors.ts';
import type { Answer, Frame, Pending, TokenRecord } from './records.ts';

interface WaitingTask {
  readonly run: Execution;
  readonly frame: Frame;
  readonly pending: Pending & { kind: 'task' };
}

const isToken = (token: string) => /^AQ[A-Za-z0-9+/]{100,}={0,2}$/.test(token);

/** Who may speak about a task: whoever may so of its activity, or of its machine. */
export function tokenResource(context: StatesContext, token = ''): string {
  const found = recordOf(context, token);
  return found?.activity ?? (found ? arnOf(context, found.group.split('/')[0] ?? '') : '*');
}

function recordOf({ records }: StatesContext, token: string): TokenRecord | undefined {
  if (!isToken(token)) throw invalidToken();
  return records.tokens.get([token]);
}

/** @throws TaskTimedOut when nothing waits for it any more */
export function waitingTask(context: StatesContext, token = ''): WaitingTask {
  const record = recordOf(context, token);
  const run = record && context.engine.running(record.group, record.execution);
  const frame = record && run?.frames.get(record.frame);
  const pending = frame?.pending;
  if (!run || !frame || pending?.kind !== 'task' || pending.token !== token || pending.answer)
    throw taskTimedOut();
  return { run, frame, pending };
}

/** Kept before the caller is told so: the task goes on with it, also after a crash. */
export function answerTask(context: StatesContext, token: string | undefined, answer: Answer): void {
  const { run, frame, pending } = waitingTask(context, token);
  pending.answer = answer;
  run.journal.save(frame);
  run.journal.flush(() => context.records.tokens.delete([token ?? '']));
  context.room.wake(token ?? '');
}
