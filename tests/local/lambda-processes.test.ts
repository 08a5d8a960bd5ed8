/** A function's processes: what they may hold, when they end, and what another one sees of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestCloud, testCloud } from './harness.ts';
import { killableCloud } from './killable-cloud.ts';
import { type Functions, functionRole, functionsOf } from './lambda-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-processes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withCloud(): Promise<{ cloud: TestCloud; functions: Functions }> {
  const cloud = await testCloud();
  return { cloud, functions: functionsOf(cloud, await functionRole(cloud, 'runs')) };
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // What has ended and is not waited for by its parent is no process any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

const gone = (...pids: readonly number[]) =>
  vi.waitFor(() => expect(pids.filter(alive)).toEqual([]), { timeout: 10_000 });

/** Ways of starting a process that lives on, as the code of a function. */
const starts: Readonly<Record<string, string>> = {
  'a child': `spawn('sleep', ['600'])`,
  'a child in a session of its own': `spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })`,
  'a child that keeps its output open': `spawn('sleep', ['600'], { detached: true, stdio: ['ignore', 'inherit', 'inherit'] })`,
  'a child without its environment': `spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: { PATH: process.env.PATH } })`,
};

/** A child of a shell that ends at once: nobody knows its parent any more. */
const orphan = `execFileSync('sh', ['-c', 'sleep 600 >/dev/null 2>&1 & echo $!'], { detached: true }).toString()`;

const code = (start: string, then: string) => `
const { spawn, execFileSync } = require('child_process');
const { writeFileSync } = require('fs');
exports.handler = async (event) => {
  const pids = [process.pid];
  ${start.includes('execFile') ? `pids.push(Number(${start}));` : `pids.push(${start}.pid);`}
  if (event.file) writeFileSync(event.file, JSON.stringify(pids));
  ${then}
  return pids;
};`;

describe('what a function has started', () => {
  let cloud: TestCloud;
  let functions: Functions;
  let made = 0;
  beforeAll(async () => {
    ({ cloud, functions } = await withCloud());
  });
  afterAll(() => cloud.dispose());

  const all = Object.entries({ ...starts, 'an orphan': orphan });

  it.each(all)('ends with the time of its invocation: %s', async (_, start) => {
    const name = `late${made++}`;
    const file = join(folder, name);
    await functions.create(
      name,
      { 'index.js': code(start, 'await new Promise(() => setInterval(() => {}, 1000));') },
      { Timeout: 1 },
    );
    const answer = await functions.call(name, { file });
    expect(answer.payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await gone(...(JSON.parse(readFileSync(file, 'utf8')) as number[]));
  });

  it.each(all)('ends with its environment when the function is changed: %s', async (_, start) => {
    const name = `changed${made++}`;
    await functions.create(name, { 'index.js': code(start, '') });
    const { payload: pids } = await functions.call(name);
    expect(pids.filter(alive)).toHaveLength(2);
    await functions.client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, Description: 'changed' }),
    );
    await gone(...pids);
  });

  it.each(Object.entries({ ...starts, 'an orphan': orphan }).filter(([title]) => !title.includes('without')))(
    'ends when the process exits by itself: %s',
    async (_, start) => {
      const name = `exits${made++}`;
      const file = join(folder, name);
      await functions.create(name, { 'index.js': code(start, 'process.exit(3);') });
      const answer = await functions.call(name, { file });
      expect(answer.payload).toMatchObject({
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringContaining('exit status 3'),
      });
      await gone(...(JSON.parse(readFileSync(file, 'utf8')) as number[]));
    },
  );

  it('ends when the cloud stops', async () => {
    const { cloud: other, functions: there } = await withCloud();
    await there.create('left', { 'index.js': code(starts['a child in a session of its own'] ?? '', '') });
    const { payload: pids } = await there.call('left');
    await other.dispose();
    expect(pids.filter(alive)).toEqual([]);
  });
});

describe('when the cloud is killed', () => {
  it.each(
    Object.entries({
      'a function that computes without end': ['', 'for (;;) {}'],
      'a function that is idle': ['', ''],
      'what a function has started in a session of its own': [
        starts['a child in a session of its own'] ?? '',
        'for (;;) {}',
      ],
      'an orphan': [orphan, 'for (;;) {}'],
    }),
  )('%s ends with it', async (title, [start = '', then = '']) => {
    const file = join(folder, title.replaceAll(' ', '-'));
    const { cloud, kill } = await killableCloud(join(folder, `${title.length}-state`));
    const functions = functionsOf(cloud, await functionRole(cloud, 'runs'));
    await functions.create(
      'killed',
      { 'index.js': code(start === '' ? '{ pid: process.pid }' : start, then) },
      { Timeout: 300 },
    );
    functions.call('killed', { file }).catch(() => {});
    const pids = await vi.waitFor(() => JSON.parse(readFileSync(file, 'utf8')) as number[], {
      timeout: 20_000,
      interval: 50,
    });
    await kill();
    await gone(...pids);
  });
});

describe('the memory of a function', () => {
  let cloud: TestCloud;
  let functions: Functions;
  beforeAll(async () => {
    ({ cloud, functions } = await withCloud());
    await functions.create(
      'holds',
      {
        'index.js': `
const { execFileSync } = require('child_process');
const kept = [];
exports.handler = async ({ buffers = 0, child = 0, free = 0 }) => {
  for (let i = 0; i < buffers; i++) kept.push(Buffer.alloc(1024 * 1024, 1));
  for (let i = 0; i < free; i++) Buffer.alloc(1024 * 1024, 1);
  if (child) execFileSync(process.execPath, ['-e', 'const kept = []; for (let i = 0; i < ' + child + '; i++) kept.push(Buffer.alloc(1024 * 1024, 1)); setTimeout(() => {}, 5000)']);
  return kept.length;
};`,
      },
      { Timeout: 20 },
    );
  });
  afterAll(() => cloud.dispose());

  it('suffices for what fits', async () => {
    const { payload, log } = await functions.call('holds', { buffers: 20 }, { LogType: 'Tail' });
    expect(payload).toBe(20);
    expect(Number(/Max Memory Used: (\d+) MB/.exec(log)?.[1])).toBeGreaterThan(50);
  });

  it.each([
    ['by buffers, which are not on the heap', { buffers: 1200 }],
    ['by a process that it has started', { child: 300 }],
  ])('ends it when it is exceeded %s', async (_, event) => {
    const { payload, error, log } = await functions.call('holds', event, { LogType: 'Tail' });
    expect(error).toBe('Unhandled');
    expect(payload).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringMatching(
        /^RequestId: \S+ Error: Runtime exited with error: signal: killed$/,
      ),
    });
    expect(log).toMatch(
      /Memory Size: 128 MB\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime\.OutOfMemory/,
    );
    expect((await functions.call('holds', {})).payload).toBe(0);
  });

  it('is exceeded as well by what is given back before it ends', async () => {
    await functions.create(
      'loads',
      {
        'index.js':
          'const big = Buffer.alloc(400 * 1024 * 1024, 1); exports.handler = async () => big.length;',
      },
      { Timeout: 20 },
    );
    expect((await functions.call('loads')).payload).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  });
});

describe('what a function sees of another', () => {
  it('holds neither its variables nor its credentials', async () => {
    const { cloud, functions } = await withCloud();
    const secret = 'a-secret-of-the-other';
    await functions.create(
      'other',
      {
        'index.js':
          'exports.handler = async () => [process.pid, process.env.SECRET, process.env.AWS_SECRET_ACCESS_KEY]',
      },
      { Environment: { Variables: { SECRET: secret } } },
    );
    await functions.create('reader', {
      'index.js': `
const fs = require('fs');
exports.handler = async () => fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name) && name !== String(process.pid)).map((name) => {
  try { return fs.readFileSync('/proc/' + name + '/environ', 'latin1') + fs.readFileSync('/proc/' + name + '/cmdline', 'latin1'); } catch { return ''; }
}).join('\\n');`,
    });
    const [pid, own, key] = (await functions.call('other')).payload as [number, string, string];
    expect(own).toBe(secret);
    const { payload: seen } = await functions.call('reader');
    expect(alive(pid)).toBe(true);
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(key);
    expect(seen).not.toContain(cloud.credentials.secretAccessKey);
    await cloud.dispose();
  });
});
