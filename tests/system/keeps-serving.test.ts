/** Nothing ends the cloud's own process but a stop: errors that nothing caught are told, counted, and survived. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findRunning, type RunningCloud } from '../../src/cli/running.ts';
import type { Failures } from '../../src/local/cloud/recorders.ts';
import { slipwayIn } from './cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-serving-'));
const slipway = slipwayIn(() => folder);
const failsOnSignals = `
  process.on('SIGUSR2', () => { throw new Error('thrown with secretAccessKey=wJalrXUtnFEMI'); });
  process.on('SIGCONT', () => void Promise.reject(new Error('rejected')));`;

let child: ChildProcess;
let running: RunningCloud;

beforeAll(async () => {
  child = spawn(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(failsOnSignals)}`,
      join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs'),
      ...['local', '--state', join(folder, 'state'), '--port', '0'],
    ],
    // Nobody reads what it says.
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stdout?.destroy();
  child.stderr?.destroy();
  running = await vi.waitFor(
    async () => {
      const found = await findRunning(join(folder, 'state'));
      if (!found) throw new Error('it does not run yet');
      return found;
    },
    { timeout: 20_000, interval: 100 },
  );
}, 30_000);
afterAll(async () => {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
  rmSync(folder, { recursive: true });
}, 30_000);

it('counts what nothing caught, shows the last without its secrets, and serves on', async () => {
  const failures = () => running.control<Failures>('GET', 'failures');
  child.kill('SIGUSR2');
  await vi.waitFor(async () => expect((await failures()).count).toBe(1));
  child.kill('SIGCONT');
  await vi.waitFor(async () => expect((await failures()).count).toBe(2));
  const { stdout } = await slipway('status', '--state', 'state');
  expect(stdout).toContain('Slipway itself failed 2 times since it started, and went on');
  expect(stdout).toContain('Error: rejected');
  expect(stdout).toContain('secretAccessKey=***');
  expect(stdout).not.toContain('wJalrXUtnFEMI');
});

it('answers for a name longer than a key of its store, and outlives the writing of its records', async () => {
  const ssm = new SSMClient({ ...running, maxAttempts: 1 });
  await expect(ssm.send(new GetParameterCommand({ Name: 'é'.repeat(1000) }))).rejects.toMatchObject({
    $fault: 'client',
  });
  // Records of used actions are written once a second.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect((await running.control<Failures>('GET', 'failures')).count).toBe(2);
});
