/**
 * The API as the page uses it: same origin, relative addresses. Every failure becomes a problem that can be
 * shown; the ones worth waiting out (no network, 5xx, 429) say so.
 */
import { isJobStatus, type JobAccepted, type JobView, maxBodyBytes } from '../../../shared/job.ts';
import type { Plan } from '../plan/plan.ts';
import { type JobResult, readResult } from '../plan/result.ts';
import { fail, type Problem, ProblemError } from '../problem.ts';

export class PassingProblem extends ProblemError {}

export interface JobsApi {
  create(plan: Plan, signal: AbortSignal): Promise<JobAccepted>;
  read(jobId: string, signal: AbortSignal): Promise<JobView>;
  result(url: string, signal: AbortSignal): Promise<JobResult>;
}

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export function createJobsApi(fetcher: Fetch): JobsApi {
  const request = async (url: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetcher(url, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new PassingProblem({
        title: 'The service cannot be reached',
        detail: 'The request got no answer: you may be offline, or the service is not running.',
        advice: 'Check the connection, then try again.',
      });
    }
  };
  return {
    create: async (plan, signal) => {
      const body = JSON.stringify({ walls: plan.walls });
      const bytes = new TextEncoder().encode(body).length;
      if (bytes > maxBodyBytes) {
        const size = (bytes / 1_048_576).toFixed(1);
        throw fail(
          'The plan is too large',
          `It has ${size} MB; 5 MB are accepted.`,
          'Send one floor at a time.',
        );
      }
      const headers = { 'Content-Type': 'application/json' };
      const response = await request('/jobs', { method: 'POST', headers, body, signal });
      const answer = await readAnswer(response, 'The plan was not accepted');
      if (!isAccepted(answer)) throw unexpected(response);
      return answer;
    },
    read: async (jobId, signal) => {
      const response = await request(`/jobs/${encodeURIComponent(jobId)}`, { cache: 'no-store', signal });
      const answer = await readAnswer(response, 'The job cannot be read');
      if (!isView(answer)) throw unexpected(response);
      return answer;
    },
    result: async (url, signal) => {
      const response = await request(url, { signal });
      if (response.ok) return readResult(await response.text());
      // A presigned address that has expired answers 403: the next reading of the job brings a new one.
      throw new PassingProblem({
        title: 'The result cannot be loaded',
        detail: `The storage answered ${response.status}.`,
        advice: 'Try again; reloading the page asks for a new address.',
      });
    },
  };
}

async function readAnswer(response: Response, title: string): Promise<unknown> {
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (response.ok) throw unexpected(response);
  }
  if (response.ok) return value;
  const detail = messageOf(value) ?? `The service answered ${response.status} without saying why.`;
  const problem: Problem = { title, detail, advice: adviceFor(response.status) };
  throw response.status >= 500 || response.status === 429
    ? new PassingProblem(problem)
    : new ProblemError(problem);
}

/** The gateway says in `error` which field its schema refused; the functions say it all in `message`. */
function messageOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('message' in value)) return undefined;
  if (typeof value.message !== 'string') return undefined;
  const more =
    'error' in value && typeof value.error === 'string' && value.error !== '' ? `: ${value.error}` : '';
  return value.message + more;
}

function adviceFor(status: number): string {
  if (status === 404) return 'Jobs are kept for a limited time: choose the plan and detect again.';
  if (status === 403) return 'The service refused the request: this page may not be allowed to use it.';
  if (status === 413) return 'Send one floor at a time.';
  if (status === 429) return 'There are many requests at the moment: wait a little and try again.';
  if (status >= 500) return 'This is not your plan’s fault: try again in a moment.';
  return 'Fix the plan and try again.';
}

const unexpected = (response: Response): ProblemError =>
  fail(
    'The service gave an answer this page does not understand',
    `It answered ${response.status} with something other than a job.`,
    'Reload the page; if it stays so, the page and the service are of different versions.',
  );

const hasId = (value: unknown): value is { job_id: string; status: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'job_id' in value &&
  typeof value.job_id === 'string' &&
  'status' in value;

const isAccepted = (value: unknown): value is JobAccepted => hasId(value) && value.status === 'pending';
const isView = (value: unknown): value is JobView => hasId(value) && isJobStatus(value.status);
