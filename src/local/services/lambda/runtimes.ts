import type { FunctionRecord } from './records.ts';

/** What the local Node can stand in for. Others may be created and not run: see runtimeProblem. */
export const nodeRuntime = /^nodejs(\d+)\.x$/;
const runnable = new Set(['nodejs20.x', 'nodejs22.x', 'nodejs24.x']);

/** Why a function cannot be run here; undefined when it can. */
export function runtimeProblem(record: Pick<FunctionRecord, 'runtime' | 'name'>): string | undefined {
  const { runtime = '(none)' } = record;
  return runnable.has(runtime)
    ? undefined
    : `the runtime ${runtime} (function ${record.name}); it runs ${[...runnable].join(', ')}`;
}
