/** What was acknowledged survives kill -9 of the local cloud. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findRunning } from '../../src/cli/running.ts';
import { client, deployRoomDetection, plan } from './room-detection.ts';

const stateDirectory = mkdtempSync(join(tmpdir(), 'slipway-restart-'));
let child: ChildProcess | undefined;

async function start(): Promise<void> {
  child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs'),
      'local',
      '--state',
      stateDirectory,
      '--port',
      '0',
      '--json',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  for (let attempt = 0; attempt < 200 && (await findRunning(stateDirectory))?.pid !== child.pid; attempt++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

afterAll(async () => {
  const gone = child && new Promise((resolve) => child?.once('exit', resolve));
  child?.kill('SIGTERM');
  await gone;
  rmSync(stateDirectory, { recursive: true, force: true });
}, 60_000);

describe('kill -9 with 100 jobs in flight', () => {
  it('loses no acknowledged job: each ends completed or failed with a reason, once', async () => {
    await start();
    const system = await deployRoomDetection(stateDirectory);
    const posts = Array.from({ length: 100 }, () => system.post(plan).catch(() => undefined));
    // Some are done, some in the queue, some not yet answered.
    await Promise.race([
      Promise.all(posts.slice(0, 60)),
      new Promise((resolve) => setTimeout(resolve, 5000)),
    ]);
    const dead = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await dead;
    const acknowledged = (await Promise.all(posts)).flatMap((p) =>
      p?.status === 202 && p.body.job_id ? [p.body.job_id] : [],
    );
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);

    await start();
    const running = await findRunning(stateDirectory);
    if (!running) throw new Error('the local cloud did not come back');
    const again = client(running, system.outputs);
    // Messages that were in flight come back after their visibility timeout.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await running.control('POST', 'clock/advance', { ms: 61_000 });
    const jobs = await Promise.all(acknowledged.map((id) => again.finished(id, 120_000)));
    for (const job of jobs) {
      if (job.status === 'failed') expect(job.error_message).toBeTruthy();
      else expect(job.status).toBe('completed');
    }
  }, 240_000);
});
