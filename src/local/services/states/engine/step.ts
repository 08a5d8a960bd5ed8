/** What states and threads share. */
import type { Json, JsonObject } from '../../../../core/json.ts';
import { Aborted, type Execution, FinalFailure } from './execution.ts';

export interface Step {
  readonly output: Json;
  /** Undefined where the thread ends. */
  readonly next: string | undefined;
  readonly assigned?: JsonObject | undefined;
}

export const tooLarge = (name: string): FinalFailure =>
  new FinalFailure(
    'States.DataLimitExceeded',
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );

export async function waitUntil(run: Execution, until: number, signal: AbortSignal): Promise<void> {
  const { clock } = run.context.env;
  const ms = until - clock.now();
  if (ms > 0) await clock.sleep(ms, signal);
  if (signal.aborted) throw new Aborted();
}
