/** The rules of a job: ids, which status follows which, what the public view shows, what a failure leads to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type JobRecord,
  jobStatuses,
  mayBecome,
  readJobMessage,
  sourcesOf,
  viewOf,
} from '../../shared/job.ts';
import { isJobId, newJobId } from '../../shared/job-id.ts';
import { judgeFailure, maxReceiveCountOf } from '../../worker/retry-policy.ts';

describe('job ids', () => {
  it('are recognised as ids and sort by time', () => {
    const ids = fc.tuple(fc.nat({ max: 2 ** 47 }), fc.uint8Array({ minLength: 10, maxLength: 10 }));
    fc.assert(
      fc.property(ids, ids, ([now, random], [later, other]) => {
        const one = newJobId(now, random);
        const two = newJobId(later, other);
        expect(isJobId(one)).toBe(true);
        if (now < later) expect(one < two).toBe(true);
      }),
    );
  });

  it.each([
    '',
    'job_',
    'job_123',
    '01JD0000000000000000000000',
    `job_${'U'.repeat(26)}`,
    `${newJobId(0)}/../x`,
  ])('refuses %j', (id) => expect(isJobId(id)).toBe(false));
});

describe('job states', () => {
  it('a completed job never changes again', () => {
    for (const status of jobStatuses) expect(mayBecome('completed', status)).toBe(false);
  });

  it('a delivered message may start a pending, an interrupted and a failed job', () => {
    expect(sourcesOf('processing')).toEqual(['pending', 'processing', 'failed']);
  });

  it('only a job in processing completes', () => {
    expect(jobStatuses.filter((status) => mayBecome(status, 'completed'))).toEqual(['processing']);
  });
});

describe('the public view of a job', () => {
  const record: JobRecord = {
    job_id: newJobId(1),
    status: 'pending',
    created_at: 1,
    updated_at: 2,
    input_s3_key: 'jobs/x/input.json',
    output_s3_key: 'jobs/x/output.json',
    processing_time: 0.1,
    rooms_count: 3,
    confidence_score: 0.9,
    error_message: 'why',
  };

  it('shows the result once completed, and never a key', () => {
    expect(Object.keys(viewOf({ ...record, status: 'completed' }, 'https://bucket/output'))).toEqual([
      'job_id',
      'status',
      'created_at',
      'updated_at',
      'processing_time',
      'rooms_count',
      'confidence_score',
      'output_url',
    ]);
  });

  it('shows the reason once failed', () => {
    const view = viewOf({ ...record, status: 'failed' }, undefined);
    expect(view.error_message).toBe('why');
    expect(view).not.toHaveProperty('output_url');
  });

  it('shows neither before', () => {
    expect(Object.keys(viewOf(record, undefined))).toEqual(['job_id', 'status', 'created_at', 'updated_at']);
  });
});

describe('queue messages', () => {
  it('are read back', () => {
    const message = { job_id: 'job_1', input_s3_key: 'jobs/1/input.json' };
    expect(readJobMessage(JSON.stringify(message))).toEqual(message);
  });

  it.each([undefined, '', 'x', 'null', '{}', '{"job_id":1,"input_s3_key":"k"}'])(
    'of another kind are told apart: %j',
    (body) => expect(readJobMessage(body)).toBeUndefined(),
  );
});

describe('a failed attempt', () => {
  it('is tried again after a growing pause', () => {
    const pauses = [1, 2, 3, 4, 9].map(
      (receiveCount) =>
        judgeFailure({ receiveCount, maxReceiveCount: 10, permanent: false }).visibleInSeconds,
    );
    expect(pauses).toEqual([1, 2, 4, 8, 30]);
  });

  it('marks the job failed on the last receive, and only then', () => {
    const marks = [1, 2, 3].map(
      (receiveCount) => judgeFailure({ receiveCount, maxReceiveCount: 3, permanent: true }).markFailed,
    );
    expect(marks).toEqual([false, false, true]);
  });

  it('of a bad plan does not wait between receives', () => {
    expect(judgeFailure({ receiveCount: 1, maxReceiveCount: 3, permanent: true }).visibleInSeconds).toBe(0);
  });

  it('reads the limit from the redrive policy, as number or text', () => {
    expect(maxReceiveCountOf('{"maxReceiveCount":5,"deadLetterTargetArn":"arn"}')).toBe(5);
    expect(maxReceiveCountOf('{"maxReceiveCount":"3"}')).toBe(3);
    expect(maxReceiveCountOf('{}')).toBeUndefined();
    expect(maxReceiveCountOf('no')).toBeUndefined();
    expect(maxReceiveCountOf(undefined)).toBeUndefined();
  });
});
