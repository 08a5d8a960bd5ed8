/** The commands as a user types them, and the usual mishaps. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assemblyFolder } from './synthesized.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-commands-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await gone;
  }
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const slipway = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, env: { PATH: process.env.PATH } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

/** Starts a command that stays, and waits for its first line. */
async function staying(...args: string[]): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.trimEnd().endsWith('}') || text.includes('\n')) resolve(text);
    });
  });
  return { child, line };
}

const bucketTemplate = {
  Resources: { Files: { Type: 'AWS::S3::Bucket' } },
  Outputs: { Name: { Value: { Ref: 'Files' } } },
};

function template(name: string, content: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('help and usage', () => {
  it('shows every command, and the options of each', async () => {
    const { code, stdout } = await slipway('--help');
    expect(code).toBe(0);
    for (const name of ['up', 'local', 'status', 'logs', 'events', 'down']) {
      expect(stdout).toContain(name);
      expect((await slipway(name, '--help')).stdout).toContain('--state DIR');
    }
  });
  it('exits with 2 on an unknown command, an unknown option and a bad number', async () => {
    expect(await slipway('launch')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no command "launch"'),
    });
    expect(await slipway('local', '--prot', '1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Unknown option '--prot'"),
    });
    expect(await slipway('local', '--port', 'x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--port takes a whole number'),
    });
  });
});

describe('up, status, logs, down', () => {
  it('brings a cloud assembly up detached, updates it, shows it, and takes it down', async () => {
    const first = await slipway('up', assemblyFolder, '--detach', '--port', '0', '--json');
    expect(first.stderr).not.toMatch(/bug in Slipway/);
    expect(first.code).toBe(0);
    const { stacks } = JSON.parse(first.stdout) as {
      stacks: {
        stackName: string;
        changed: boolean;
        outputs: Record<string, string>;
        resources: { inert: { type: string }[] };
      }[];
    };
    expect(stacks[0]).toMatchObject({ stackName: 'RoomDetection-dev', changed: true });
    expect(stacks[0]?.resources.inert.map((r) => r.type)).toContain('AWS::EC2::VPC');
    expect((await fetch(`${stacks[0]?.outputs.ApiUrl}jobs/nothing`)).status).toBe(400);

    const second = await slipway('up', assemblyFolder, '--json');
    expect((JSON.parse(second.stdout) as { stacks: { changed: boolean }[] }).stacks[0]?.changed).toBe(false);

    const status = JSON.parse((await slipway('status', '--json')).stdout) as {
      stacks: { name: string; status: string }[];
      services: { running: number }[];
    };
    expect(status.stacks.map((s) => s.name)).toContain('RoomDetection-dev');
    expect(status.services[0]?.running).toBe(1);
    const logged = await until(async () => (await slipway('logs', '--json')).stdout);
    expect(JSON.parse(logged.split('\n')[0] ?? '')).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
      group: expect.any(String),
      message: expect.any(String),
    });

    expect((await slipway('down', '--purge')).stdout).toMatch(/stopped process \d+\ndeleted/);
    expect((await slipway('status')).code).toBe(1);
  }, 120_000);

  it('says with exit code 1 what of a template cannot run, and makes nothing', async () => {
    writeFileSync(
      join(folder, 'app.json'),
      JSON.stringify({
        Resources: { Cluster: { Type: 'AWS::EKS::Cluster' }, Queue: { Type: 'AWS::SQS::Queue' } },
      }),
    );
    const text = await slipway('check', 'app.json');
    expect(text).toMatchObject({ code: 1, stderr: '' });
    expect(text.stdout).toContain('AWS::EKS::Cluster: the resource type is not supported\n    Cluster');
    const json = await slipway('check', 'app.json', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ runs: false, stacks: [{ stackName: 'app', live: 1 }] });
    writeFileSync(
      join(folder, 'good.json'),
      JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
    );
    const good = await slipway('check', 'good.json');
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining('good can be deployed') });
  }, 60_000);

  it('brings up a bare template', async () => {
    const file = template('files.json', bucketTemplate);
    const { stdout, code } = await slipway('up', file, '--detach', '--port', '0', '--json');
    expect(code).toBe(0);
    expect(
      (JSON.parse(stdout) as { stacks: { outputs: { Name: string } }[] }).stacks[0]?.outputs.Name,
    ).toMatch(/^files-files-/);
    await slipway('down');
  }, 60_000);
});

it('events are read while the cloud runs and after it has stopped, from any number on', async () => {
  const file = template('files.json', bucketTemplate);
  await slipway('up', file, '--detach', '--port', '0', '--json');
  const read = async (...args: string[]) => {
    const { stdout } = await slipway('events', '--json', ...args);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { number: number; name: string; severity: string; text: string });
  };
  const running = await read('--after', '0');
  expect(running[0]).toMatchObject({
    number: 1,
    name: 'stack.event',
    severity: 'info',
    text: expect.stringMatching(/^files \w+_IN_PROGRESS files \(AWS::CloudFormation::Stack\)/),
  });
  expect(running.map(({ number }) => number)).toEqual(running.map((_, i) => i + 1));
  const following = slipway('events', '--follow', '--severity', 'error');
  await slipway('down');
  const { code, stderr } = await following;
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^slipway: (the|no) local cloud .*/)]);
  // On a busy machine there may be others since, such as one that says what kept everything waiting.
  expect((await read('--after', '2')).slice(0, running.length - 2)).toEqual(running.slice(2));
  expect((await slipway('events', '--follow')).stderr).toContain('no local cloud runs');
}, 60_000);

it('a reader that leaves early, as head does, is no error', async () => {
  const child = spawn(process.execPath, [program, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  expect(said).toBe('');
});

describe('mishaps say what happened and what to do', () => {
  it('a port that is taken, and by whom', async () => {
    const other: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stderr } = await slipway('local', '--port', String(port));
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`port ${port} is in use by`);
    if (process.platform === 'linux') expect(stderr).toContain(`process ${process.pid}`);
    expect(stderr).toContain('--port');
  });
  it('a state folder in use by a live process', async () => {
    const { child } = await staying('local', '--port', '0', '--json');
    const { code, stderr } = await slipway('local', '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain(`in use by process ${child.pid}`);
    expect(stderr).toContain('slipway down');
  });
  it("an app that fails to synthesize: the app's own error", async () => {
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app', 'cdk.json'), JSON.stringify({ app: 'node app.js' }));
    writeFileSync(join(folder, 'app', 'app.js'), "throw new Error('no such table in my app');");
    const { code, stderr } = await slipway('up', 'app', '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain('no such table in my app');
    expect(stderr).toContain("the app's own command failed");
  });
  it('a template with an unsupported type, by type and logical id', async () => {
    const file = template('fleet.json', {
      Resources: { Fleet: { Type: 'AWS::GameLift::Fleet', Properties: {} } },
    });
    const { code, stderr } = await slipway('up', file, '--port', '0');
    expect(code).toBe(1);
    expect(stderr).toContain('AWS::GameLift::Fleet');
    expect(stderr).toContain('Fleet');
  });
  it('a folder that holds no app, and a target that is not there', async () => {
    expect(await slipway('up', '.', '--port', '0')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('neither cdk.json nor'),
    });
    expect(await slipway('up', 'nowhere')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not exist'),
    });
  });
  it('a purge of a folder that is no state folder', async () => {
    mkdirSync(join(folder, 'precious'));
    const { code, stderr } = await slipway('down', '--purge', '--state', 'precious');
    expect(code).toBe(1);
    expect(stderr).toContain('is not a state folder');
  });
  it('another command than up without a cloud', async () => {
    expect(await slipway('logs')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no local cloud runs on'),
    });
  });
});

async function until(text: () => Promise<string>): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const found = await text();
    if (found.trim()) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was logged within 10 s');
}
