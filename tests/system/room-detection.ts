/** Room Detection on a local cloud of this process, deployed by the code behind `slipway up`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployTarget } from '../../src/api/deploy-target.ts';
import { findRunning, type RunningCloud } from '../../src/cli/running.ts';
import { assemblyFolder, systemFolder } from './synthesized.ts';

export interface Wall {
  readonly type: 'line';
  readonly start: readonly [number, number];
  readonly end: readonly [number, number];
}

export interface JobStatus {
  readonly job_id: string;
  readonly status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly rooms_count?: number | null;
  readonly output_url?: string | null;
  readonly error_message?: string | null;
}

export interface RoomDetection {
  readonly siteUrl: string;
  readonly apiUrl: string;
  readonly outputs: Readonly<Record<string, string>>;
  post(
    body: string | object,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: { message?: string; job_id?: string } }>;
  /** Posts a plan until it is accepted: what the API's throttle refuses (429) is posted again. Answers the job's id. */
  accepted(body: object): Promise<string>;
  status(jobId: string): Promise<JobStatus>;
  /** Polls until the job is completed or failed. */
  finished(jobId: string, timeoutMs?: number): Promise<JobStatus>;
}

export const sample = (name: string): { readonly walls: readonly Wall[] } =>
  JSON.parse(readFileSync(join(systemFolder, 'samples', `${name}.json`), 'utf8')) as { walls: Wall[] };

/** Two rooms. */
export const plan = { walls: sample('rectangles').walls };

export async function deployRoomDetection(
  stateDirectory: string,
  target = assemblyFolder,
): Promise<RoomDetection> {
  const running = await findRunning(stateDirectory);
  if (!running) throw new Error(`no local cloud answers on ${stateDirectory}`);
  const { stacks } = await deployTarget({ target, cloud: running });
  const outputs = stacks[0]?.outputs ?? {};
  return client(running, outputs);
}

export function client(
  running: Pick<RunningCloud, 'endpoint'>,
  outputs: Readonly<Record<string, string>>,
): RoomDetection {
  const apiUrl = outputs.ApiUrl ?? '';
  if (!apiUrl.startsWith(running.endpoint)) throw new Error(`ApiUrl ${apiUrl} is not on ${running.endpoint}`);
  const jobs = `${apiUrl}jobs`;
  const status = async (jobId: string) => (await (await fetch(`${jobs}/${jobId}`)).json()) as JobStatus;
  const post: RoomDetection['post'] = async (body, headers = { 'content-type': 'application/json' }) => {
    const answer = await fetch(jobs, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as { message?: string; job_id?: string } };
  };
  return {
    siteUrl: outputs.SiteUrl ?? '',
    apiUrl,
    outputs,
    post,
    async accepted(plan) {
      for (;;) {
        const { status: code, body } = await post(plan);
        if (code === 202 && body.job_id !== undefined) return body.job_id;
        if (code !== 429) throw new Error(`expected 202 or 429, got ${code}: ${JSON.stringify(body)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    status,
    async finished(jobId, timeoutMs = 60_000) {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const job = await status(jobId);
        if (job.status === 'completed' || job.status === 'failed') return job;
        if (performance.now() > deadline)
          throw new Error(`${jobId} is still ${job.status} after ${timeoutMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
