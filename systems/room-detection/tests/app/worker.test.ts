/** The worker's own parts: what a detection hands over, and what its health endpoint answers. */
import { afterEach, describe, expect, it } from 'vitest';
import { detect } from '../../worker/detection.ts';
import { askHealth, createHealthRecord, startHealthServer } from '../../worker/health.ts';
import { readSettings } from '../../worker/settings.ts';

const square = [
  [0, 0, 4, 0],
  [4, 0, 4, 3],
  [4, 3, 0, 3],
  [0, 3, 0, 0],
].map(([x1, y1, x2, y2]) => ({ type: 'line', start: [x1, y1], end: [x2, y2] }));

describe('a detection', () => {
  it('hands over the result with the job’s id and its walls', () => {
    const reply = detect({ id: 1, jobId: 'job_1', plan: JSON.stringify({ walls: square }) });
    if (reply.kind !== 'detected') throw new Error(reply.reason);
    expect(reply.detection.roomsCount).toBe(1);
    const output = JSON.parse(reply.detection.output);
    expect(output).toMatchObject({ job_id: 'job_1', rooms_count: 1, walls: square });
    expect(output.rooms[0].area).toBeCloseTo(12);
  });

  it.each(['{"walls":[]}', '{"walls"', 'null'])('tells a plan that no attempt can fix: %s', (plan) => {
    expect(detect({ id: 1, jobId: 'job_1', plan })).toMatchObject({ id: 1, kind: 'bad-plan' });
  });
});

describe('the health record', () => {
  const clock = { now: 0 };
  const record = () => createHealthRecord(() => clock.now, 60_000);

  it('is not healthy before the first poll has been answered', () => {
    expect(record().report().status).toBe('starting');
  });

  it('fails with the reason of the last poll and recovers with the next', () => {
    const health = record();
    health.pollFailed('AccessDenied: sqs:ReceiveMessage');
    expect(health.report()).toMatchObject({ status: 'failing', reason: 'AccessDenied: sqs:ReceiveMessage' });
    health.polled();
    expect(health.report().status).toBe('ok');
  });

  it('goes stale when neither polls nor jobs come to an end', () => {
    clock.now = 0;
    const health = record();
    health.polled();
    clock.now = 59_000;
    health.working(0);
    clock.now = 118_000;
    expect(health.report().status).toBe('ok');
    clock.now = 120_000;
    expect(health.report().status).toBe('stale');
  });
});

describe('the health endpoint', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  it('answers 503 until polling works, then 200, and 404 elsewhere', async () => {
    const health = createHealthRecord(Date.now);
    const server = await startHealthServer(health, '127.0.0.1', 0);
    closing.push(() => server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const { port } = address;
    expect(await askHealth('0.0.0.0', port)).toMatchObject({ healthy: false });
    health.polled();
    const { healthy, text } = await askHealth('127.0.0.1', port);
    expect(healthy).toBe(true);
    expect(JSON.parse(text)).toMatchObject({ status: 'ok', jobs_in_hand: 0 });
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  });
});

describe('the worker’s settings', () => {
  const environment = { TABLE_NAME: 't', INPUT_BUCKET: 'i', OUTPUT_BUCKET: 'o', QUEUE_URL: 'q' };

  it('have defaults', () => {
    expect(readSettings(environment)).toMatchObject({ port: 8080, host: '0.0.0.0', visibilitySeconds: 60 });
  });

  it('name what is missing and what is not a number', () => {
    expect(() => readSettings({ ...environment, QUEUE_URL: '' })).toThrow('QUEUE_URL');
    expect(() => readSettings({ ...environment, PORT: '80a' })).toThrow('PORT');
  });
});
