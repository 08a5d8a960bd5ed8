/** Functions in views of their own (SLIPWAY_VIEWS=all): what their code sees, and that nothing of them is left. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { viewsMissing } from '../../src/local/compute/images/view.ts';
import { type TestCloud, testCloud } from './harness.ts';
import { killableCloud } from './killable-cloud.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

/** Of this machine, with this in their command line. */
const processesWith = (text: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });

const node = `
const fs = require('fs');
const { spawn, execFileSync } = require('child_process');
const { S3Client } = require('@aws-sdk/client-s3');
const kept = [];
const failed = (work) => { try { work(); return 'worked'; } catch (error) { return error.code; } };
exports.handler = async (event) => {
  if (event.sleeper) spawn('sleep', [event.sleeper], { detached: true, stdio: 'ignore', env: {} });
  if (event.buffers) for (let i = 0; i < event.buffers; i++) kept.push(Buffer.alloc(1024 * 1024, 1));
  if (event.signal) process.kill(process.pid, event.signal);
  if (event.wait) await new Promise((resolve) => setTimeout(resolve, event.wait));
  const count = Number(fs.existsSync('/tmp/count') ? fs.readFileSync('/tmp/count') : 0) + 1;
  fs.writeFileSync('/tmp/count', String(count));
  return {
    count,
    folder: process.cwd(), file: __filename, client: typeof S3Client,
    home: fs.existsSync(event.home ?? '/none'), top: fs.readdirSync('/').sort(),
    processes: fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map(Number),
    others: failed(() => fs.readdirSync('/proc/1/root/home')),
    writes: ['/var/task/x', '/usr/x', '/x', '/etc/passwd'].map((path) => failed(() => fs.writeFileSync(path, ''))),
    mounts: failed(() => execFileSync('mount', ['-o', 'remount,rw', '/usr'], { stdio: 'ignore' })),
  };
};`;

describe.skipIf(viewsMissing() !== undefined)('a function in a view of its own', () => {
  let cloud: TestCloud;
  let functions: Functions;
  beforeAll(async () => {
    vi.stubEnv('SLIPWAY_VIEWS', 'all');
    cloud = await testCloud();
    functions = functionsOf(cloud, await functionRole(cloud, 'views'));
    await functions.create('node', { 'index.js': node }, { Timeout: 20 });
  });
  afterAll(async () => {
    await cloud.dispose();
    vi.unstubAllEnvs();
  });

  it('sees its own files at the places that AWS gives them, and nothing of the user', async () => {
    const { payload, error } = await functions.call('node', { home: homedir() });
    expect(error, JSON.stringify(payload)).toBeUndefined();
    expect(payload).toMatchObject({
      folder: '/var/task',
      file: '/var/task/index.js',
      client: 'function',
      others: 'EACCES',
      writes: ['EROFS', 'EROFS', 'EROFS', 'EROFS'],
    });
    expect(payload.mounts).not.toBe('worked');
    // The shell that starts it and itself.
    expect(payload.processes.length).toBeLessThanOrEqual(3);
    expect(payload.processes).toContain(1);
    expect(payload.top).not.toContain('home');
  });

  it('keeps its /tmp between invocations, and not beyond', async () => {
    const { payload: first } = await functions.call('node');
    expect((await functions.call('node')).payload.count).toBe(first.count + 1);
    expect((await functions.call('node', { signal: 'SIGKILL', wait: 5000 })).payload).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
    });
    expect((await functions.call('node')).payload.count).toBe(1);
  });

  it('is ended when it holds more than its memory', async () => {
    const { payload } = await functions.call('node', { buffers: 300, wait: 3000 });
    expect(payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  });

  it('takes with it what has left its session and its environment', async () => {
    const sleeper = '61234.5';
    await functions.call('node', { sleeper });
    expect(processesWith(sleeper)).toHaveLength(1);
    await functions.call('node', { signal: 'SIGKILL', wait: 5000 });
    await vi.waitFor(() => expect(processesWith(sleeper)).toEqual([]), { timeout: 10_000 });
  });

  it('ends with the cloud, whatever ends that', async () => {
    const state = mkdtempSync(join(tmpdir(), 'slipway-views-'));
    const other = await killableCloud(state);
    let killed: Promise<void> | undefined;
    const kill = () => {
      killed ??= other.kill();
      return killed;
    };
    try {
      const there = functionsOf(other.cloud, await functionRole(other.cloud, 'views'));
      await there.create('node', { 'index.js': node }, { Timeout: 20 });
      const sleeper = '61234.75';
      await there.call('node', { sleeper });
      expect(processesWith(sleeper)).toHaveLength(1);
      await kill();
      await vi.waitFor(() => expect(processesWith(sleeper)).toEqual([]), { timeout: 10_000 });
    } finally {
      await kill();
      rmSync(state, { recursive: true, force: true });
    }
  }, 60_000);

  it('runs Python, with boto3', async () => {
    const code =
      'import os, boto3\ndef handler(event, context):\n  return [os.getcwd(), __file__, os.path.exists("/home"), boto3.__name__]';
    await functions.create('python', { 'index.py': code }, { Runtime: 'python3.12', Timeout: 20 });
    const { payload } = await functions.call('python');
    expect(payload).toEqual(['/var/task', '/var/task/index.py', false, 'boto3']);
  });

  it('runs a bootstrap, and says when there is none', async () => {
    const url = 'http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation';
    const bootstrap = `#!/bin/sh
while true; do
  curl -sS -D /tmp/headers "${url}/next" >/dev/null
  id=$(grep -Fi Lambda-Runtime-Aws-Request-Id /tmp/headers | tr -d '[:space:]' | cut -d: -f2)
  curl -sS "${url}/$id/response" -d "\\"$0 $(pwd)\\"" >/dev/null
done`;
    await functions.create('shell', { bootstrap }, { Runtime: 'provided.al2023' });
    expect((await functions.call('shell')).payload).toBe('/var/task/bootstrap /var/task');
    await functions.create('none', { other: '' }, { Runtime: 'provided.al2023' });
    expect((await functions.call('none')).payload.errorType).toBe('Runtime.InvalidEntrypoint');
  });
});
