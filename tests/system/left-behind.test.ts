/** An `up` that fails or is interrupted: the cloud that it started is gone, and so is a state folder that holds nothing. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-left-'));
  write('refused.json', { Resources: { Fleet: { Type: 'AWS::GameLift::Fleet' } } });
  write('good.json', { Resources: { Files: { Type: 'AWS::S3::Bucket' } } });
  // Two names that are one only when they are made.
  const parameter = (DependsOn?: string) => ({
    Type: 'AWS::SSM::Parameter',
    ...(DependsOn ? { DependsOn } : {}),
    Properties: { Name: '/same', Type: 'String', Value: 'x' },
  });
  write('late.json', { Resources: { First: parameter(), Second: parameter('First') } });
  write('throws/cdk.json', { app: 'node -e "throw new Error(1)"' });
  write('slow/cdk.json', {
    app: `node -e "require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)"`,
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: object): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
}

function up(target: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [program, 'up', target, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stderr })),
  );
  return { child, ended };
}

/** Every process that was started here runs in the folder, which no other test has. */
const processesHere = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
      } catch {
        return false;
      }
    });

const port = () =>
  new Promise<{ number: number; free(): Promise<void> }>((resolve) => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        number: typeof address === 'object' && address ? address.port : 0,
        free: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });

const isFree = (number: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(number, '127.0.0.1', () => server.close(() => resolve(true)));
  });

describe.each([[['--detach']], [[]]])('an up that fails (%s)', (mode) => {
  it.each([
    { target: 'refused.json', says: 'AWS::GameLift::Fleet' },
    { target: 'throws', says: "the app's own command failed" },
    { target: 'nowhere', says: 'does not exist' },
    { target: '.', says: 'neither cdk.json nor' },
  ])('leaves no process, no port and no state: $target', async ({ target, says }) => {
    const chosen = await port();
    await chosen.free();
    const { code, stderr } = await up(target, ...mode, '--port', String(chosen.number)).ended;
    expect([code, stderr]).toEqual([1, expect.stringContaining(says)]);
    expect(processesHere()).toEqual([]);
    expect(existsSync(join(folder, '.slipway'))).toBe(false);
    expect(await isFree(chosen.number)).toBe(true);
  });

  it('says who has the port, in the same words', async () => {
    const taken = await port();
    const { code, stderr } = await up('good.json', ...mode, '--port', String(taken.number)).ended;
    await taken.free();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^slipway: port ${taken.number} is in use by .*\nfix: stop it, or choose another port`),
    );
    expect(existsSync(join(folder, '.slipway'))).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves neither the app that was synthesized nor the cloud when it gets %s',
    async (signal) => {
      const { child, ended } = up('slow', ...mode, '--port', '0');
      await appears(join(folder, 'slow', 'pid'));
      child.kill(signal);
      expect((await ended).code).toBe(130);
      await until(() => processesHere().length === 0);
      expect(existsSync(join(folder, '.slipway'))).toBe(false);
    },
  );
});

it('a detached up that fails in the middle of a stack leaves nothing; one in the foreground keeps what explains it', async () => {
  const detached = await up('late.json', '--detach', '--port', '0').ended;
  expect([detached.code, detached.stderr]).toEqual([
    1,
    expect.stringContaining('late ended ROLLBACK_COMPLETE'),
  ]);
  expect([processesHere(), existsSync(join(folder, '.slipway'))]).toEqual([[], false]);
  const foreground = await up('late.json', '--port', '0').ended;
  expect([foreground.code, foreground.stderr]).toEqual([1, expect.stringContaining('slipway events shows')]);
  expect([processesHere(), existsSync(join(folder, '.slipway'))]).toEqual([[], true]);
});

it('a detached up that fails on a state of earlier keeps the state, and a running cloud runs on', async () => {
  expect((await up('good.json', '--detach', '--port', '0').ended).code).toBe(0);
  const [running] = processesHere();
  expect((await up('refused.json', '--detach').ended).code).toBe(1);
  expect(processesHere()).toEqual([running]);
  process.kill(Number(running), 'SIGTERM');
  await until(() => processesHere().length === 0);
  expect((await up('refused.json', '--detach').ended).code).toBe(1);
  expect([processesHere(), existsSync(join(folder, '.slipway', 'records'))]).toEqual([[], true]);
  const again = await up('good.json', '--detach').ended;
  expect(again.code).toBe(0);
  process.kill(Number(processesHere()[0]), 'SIGTERM');
  await until(() => processesHere().length === 0);
});

it('the cloud of a detached up that is killed before it is done ends by itself', async () => {
  const { child, ended } = up('slow', '--detach', '--port', '0');
  await appears(join(folder, 'slow', 'pid'));
  child.kill('SIGKILL');
  await ended;
  process.kill(Number(readFileSync(join(folder, 'slow', 'pid'), 'utf8')), 'SIGKILL');
  await until(() => processesHere().length === 0);
});

const appears = (file: string) => until(() => existsSync(file) && readFileSync(file, 'utf8') !== '');

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('did not come about within 20 s');
}
