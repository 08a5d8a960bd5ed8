/** Following a job from the page, against scripted HTTP answers: every way it can go has its readable end. */
import { describe, expect, it } from 'vitest';
import { createJobsApi } from '../../page/src/api/jobs-api.ts';
import { createAndFollow, followJob, type JobStep, pollMilliseconds } from '../../page/src/job/follow-job.ts';
import { hashFor, jobIn } from '../../page/src/job/job-address.ts';
import type { Plan } from '../../page/src/plan/plan.ts';
import { newJobId } from '../../shared/job-id.ts';

const id = newJobId(1);
const plan: Plan = { name: 'p', walls: [{ type: 'line', start: [0, 0], end: [1, 0] }] };
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const accepted = () => json(202, { job_id: id, status: 'pending', created_at: 1 });
const view =
  (status: string, more: object = {}) =>
  () =>
    json(200, { job_id: id, status, created_at: 1, updated_at: 1, ...more });
const result = () => json(200, { job_id: id, rooms: [], walls: [], rooms_count: 0 });
const offline = (): Response => {
  throw new TypeError('Failed to fetch');
};

async function run(answers: readonly (() => Response)[], resume = false) {
  const steps: JobStep[] = [];
  const pauses: number[] = [];
  const urls: string[] = [];
  const script = [...answers];
  const api = createJobsApi((url) => {
    urls.push(url);
    const next = script.shift();
    return next === undefined
      ? Promise.reject(new Error('more requests than answers'))
      : Promise.resolve().then(next);
  });
  const follow = {
    api,
    signal: new AbortController().signal,
    tell: (step: JobStep) => steps.push(step),
    pause: (milliseconds: number) => Promise.resolve(void pauses.push(milliseconds)),
  };
  await (resume ? followJob(id, follow) : createAndFollow(plan, follow));
  return { steps, last: steps.at(-1), pauses, urls };
}

describe('following a job', () => {
  it('creates, polls each half second and loads the result', async () => {
    const { steps, pauses, urls, last } = await run([
      accepted,
      view('pending'),
      view('processing'),
      view('completed', { output_url: 'https://s3/out' }),
      result,
    ]);
    expect(urls).toEqual(['/jobs', `/jobs/${id}`, `/jobs/${id}`, `/jobs/${id}`, 'https://s3/out']);
    expect(pauses).toEqual([pollMilliseconds, pollMilliseconds]);
    expect(steps.map(({ kind }) => kind)).toEqual([
      'creating',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'done',
    ]);
    expect(last).toMatchObject({ kind: 'done', jobId: id, result: { rooms_count: 0 } });
  });

  it.each([
    [
      400,
      { message: 'Invalid request body', error: '[object has missing required properties (["end"])]' },
      '["end"]',
    ],
    [413, { message: 'The plan is too large' }, 'too large'],
    [503, { message: 'The job could not be queued' }, 'queued'],
    [502, 'Bad gateway', '502'],
  ])('shows what a %i answer to the creation says', async (status, body, told) => {
    const { last } = await run([() => json(status, body)]);
    expect(last).toMatchObject({ kind: 'failed', problem: { detail: expect.stringContaining(told) } });
  });

  it('says that the service cannot be reached', async () => {
    const { last } = await run([offline]);
    expect(last).toMatchObject({ kind: 'failed', problem: { title: expect.stringContaining('reached') } });
  });

  it('shows the reason of a failed job', async () => {
    const { last } = await run([view('failed', { error_message: 'AccessDenied: s3:PutObject' })], true);
    expect(last).toMatchObject({ kind: 'failed', problem: { detail: 'AccessDenied: s3:PutObject' } });
  });

  it('ends on an unknown job', async () => {
    const { last } = await run([() => json(404, { message: 'There is no job' })], true);
    expect(last).toMatchObject({ kind: 'failed', problem: { detail: 'There is no job' } });
  });

  it('waits out a lost connection and a 5xx with growing pauses, and tells them', async () => {
    const { steps, pauses, last } = await run(
      [
        offline,
        () => json(503, { message: 'later' }),
        view('pending'),
        view('completed', { output_url: 'u' }),
        result,
      ],
      true,
    );
    expect(pauses).toEqual([1000, 2000, 500]);
    expect(steps.filter((step) => step.kind === 'waiting' && step.interruption)).toHaveLength(2);
    expect(last).toMatchObject({ kind: 'done' });
  });

  it('asks for a new address when the result’s has expired', async () => {
    const { last, urls } = await run(
      [
        view('completed', { output_url: 'old' }),
        () => new Response('<Error/>', { status: 403 }),
        view('completed', { output_url: 'new' }),
        result,
      ],
      true,
    );
    expect(urls[3]).toBe('new');
    expect(last).toMatchObject({ kind: 'done' });
  });

  it('does not take a page for a job', async () => {
    const { last } = await run([() => new Response('<!doctype html>', { status: 200 })]);
    expect(last).toMatchObject({ kind: 'failed', problem: { title: expect.stringContaining('understand') } });
  });
});

describe('the job in the address', () => {
  it('is read back', () => {
    expect(jobIn(hashFor(id))).toBe(id);
    expect(jobIn('')).toBeUndefined();
    expect(jobIn('#job=job_../x')).toBeUndefined();
  });
});
