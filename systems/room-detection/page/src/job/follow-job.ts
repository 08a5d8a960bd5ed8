/**
 * Creates a job or takes up a known one, and follows it to its end, telling each step on the way. A passing
 * problem while polling is shown and waited out; only the answer of the service ends a job.
 */
import type { JobView } from '../../../shared/job.ts';
import { type JobsApi, PassingProblem } from '../api/jobs-api.ts';
import type { Plan } from '../plan/plan.ts';
import type { JobResult } from '../plan/result.ts';
import { type Problem, ProblemError, toProblem } from '../problem.ts';

export type JobStep =
  | { readonly kind: 'idle' }
  | { readonly kind: 'creating' }
  | {
      readonly kind: 'waiting';
      readonly jobId: string;
      readonly status: 'pending' | 'processing' | 'completed';
      readonly interruption?: Problem;
    }
  | { readonly kind: 'done'; readonly jobId: string; readonly view: JobView; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly jobId?: string; readonly problem: Problem };

export interface Follow {
  readonly api: JobsApi;
  readonly signal: AbortSignal;
  readonly tell: (step: JobStep) => void;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export const pollMilliseconds = 500;
const longestPollMilliseconds = 8000;

export async function createAndFollow(plan: Plan, follow: Follow): Promise<void> {
  follow.tell({ kind: 'creating' });
  try {
    const { job_id: jobId } = await follow.api.create(plan, follow.signal);
    await followJob(jobId, follow);
  } catch (error) {
    if (!follow.signal.aborted) follow.tell({ kind: 'failed', problem: toProblem(error) });
  }
}

export async function followJob(jobId: string, follow: Follow): Promise<void> {
  const { api, signal, tell } = follow;
  let status: 'pending' | 'processing' | 'completed' = 'pending';
  let setbacks = 0;
  tell({ kind: 'waiting', jobId, status });
  while (!signal.aborted) {
    try {
      const view = await api.read(jobId, signal);
      setbacks = 0;
      if (view.status === 'failed') {
        tell({ kind: 'failed', jobId, problem: failure(view) });
        return;
      }
      status = view.status;
      tell({ kind: 'waiting', jobId, status });
      if (view.status === 'completed') {
        const result = await api.result(view.output_url ?? '', signal);
        if (!signal.aborted) tell({ kind: 'done', jobId, view, result });
        return;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof PassingProblem)) {
        tell({ kind: 'failed', jobId, problem: toProblem(error) });
        return;
      }
      setbacks += 1;
      tell({ kind: 'waiting', jobId, status, interruption: error.problem });
    }
    await follow.pause(Math.min(longestPollMilliseconds, pollMilliseconds * 2 ** setbacks), signal);
  }
}

const failure = (view: JobView): Problem =>
  new ProblemError({
    title: 'The job failed',
    detail: view.error_message ?? 'The service gave no reason.',
    advice:
      'If the reason names your plan, fix it; otherwise try again, quoting the job id if you ask for help.',
  }).problem;

export const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
