import type { State } from '../../language/definition.ts';
import type { Frame } from '../../records.ts';
import type { Execution } from '../execution.ts';
import type { Step } from '../step.ts';
import { choice } from './choice.ts';
import { fail } from './fail.ts';
import { map } from './map.ts';
import { parallel } from './parallel.ts';
import { pass } from './pass.ts';
import { succeed } from './succeed.ts';
import { task } from './task.ts';
import { wait } from './wait.ts';

/** What a state does between its entry and its exit. */
export function perform(
  run: Execution,
  frame: Frame,
  state: State,
  signal: AbortSignal,
): Step | Promise<Step> {
  switch (state.Type) {
    case 'Pass':
      return pass(run, frame, state);
    case 'Task':
      return task(run, frame, state, signal);
    case 'Choice':
      return choice(run, frame, state);
    case 'Wait':
      return wait(run, frame, state, signal);
    case 'Succeed':
      return succeed(run, frame, state);
    case 'Fail':
      return fail(run, frame, state);
    case 'Parallel':
      return parallel(run, frame, state, signal);
    case 'Map':
      return map(run, frame, state, signal);
  }
}
