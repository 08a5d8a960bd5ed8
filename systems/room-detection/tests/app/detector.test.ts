/** The thread that detects: what becomes of the jobs in line when it answers, dies or does not come back. */
import { afterEach, describe, expect, it } from 'vitest';
import { BadPlanError, createDetector, type Detector } from '../../worker/detector.ts';

/** Does as the plan says: `die`, `hang`, `bad`, or answers with the plan itself. */
const script = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, plan }) => {
      if (plan === 'die') process.exit(3);
      if (plan === 'throw') throw new Error('out of order');
      if (plan === 'hang') for (;;);
      if (plan === 'bad') parentPort.postMessage({ id, kind: 'bad-plan', reason: 'walls: none' });
      else parentPort.postMessage({ id, kind: 'detected', detection: { output: plan, roomsCount: 1, confidenceScore: 1 } });
    });
  `)}`,
);

const running: Detector[] = [];
const start = (timeoutSeconds: number): Detector => {
  const detector = createDetector({ script, timeoutSeconds, memoryMegabytes: 64 });
  running.push(detector);
  return detector;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((detector) => detector.close()));
});

describe('the detector', () => {
  it('answers each of many jobs with its own result', async () => {
    const detector = start(60);
    const plans = Array.from({ length: 20 }, (_, index) => `plan ${index}`);
    const found = await Promise.all(plans.map((plan) => detector.detect('job', plan)));
    expect(found.map(({ output }) => output)).toEqual(plans);
  });

  it.each([
    ['die', 'exit code 3'],
    ['throw', 'out of order'],
  ])('fails the job whose thread does %s, and serves the next', async (plan, told) => {
    const detector = start(60);
    const [bad, good] = await Promise.allSettled([detector.detect('1', plan), detector.detect('2', 'next')]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining(told) } });
    expect(good).toMatchObject({ status: 'fulfilled', value: { output: 'next' } });
  });

  it('fails a job that does not end', async () => {
    const detector = start(0.2);
    await expect(detector.detect('1', 'hang')).rejects.toThrow('took more than 0.2 s');
  });

  it('tells a bad plan from a failure', async () => {
    await expect(start(60).detect('1', 'bad')).rejects.toBeInstanceOf(BadPlanError);
  });
});
