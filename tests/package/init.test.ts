/** The app that `slipway init` writes, from the packed package: installed, tested, brought up, changed, broken and mended. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installed, type Outcome, runSlipway } from './run.ts';

const folder = join(installed, 'My Notes');

const npm = (...args: readonly string[]) =>
  new Promise<Outcome>((resolve) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME };
    execFile('npm', args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
const slipway = (...args: readonly string[]) => npm('exec', '--', 'slipway', ...args);

const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, file), text.replace(from, to));
};

afterAll(() => slipway('down'));

describe('slipway init', () => {
  it('writes nothing into a folder that has files, and names them', async () => {
    mkdirSync(join(installed, 'used'));
    writeFileSync(join(installed, 'used', 'mine.txt'), '');
    expect(await runSlipway('init', 'used')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/used is not empty: mine\.txt\nfix: name a folder that is new or empty/),
    });
    expect(existsSync(join(installed, 'used', 'package.json'))).toBe(false);
  });

  it('writes an app that installs and passes its own test', async () => {
    const { code, stdout, stderr } = await runSlipway('init', 'My Notes', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const said = JSON.parse(stdout) as { folder: string; files: readonly string[]; next: readonly string[] };
    expect(said.files).toEqual(expect.arrayContaining(['.gitignore', 'README.md', 'infra/app.ts']));
    expect(said.files.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly dependencies: Readonly<Record<string, string>>;
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    expect(manifest.name).toBe('my-notes');
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(
      versions.filter((version) => !/^(\d+\.\d+\.\d+|file:vendor\/slipway-.*\.tgz)$/.test(version)),
    ).toEqual([]);
    const install = await npm('install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
    expect([install.code, install.stderr]).toEqual([0, '']);
    const test = await npm('test');
    expect([test.code, test.stdout]).toEqual([0, expect.stringMatching(/pass 4\n/)]);
  });

  it('comes up, is changed, broken and mended', async () => {
    const up = () => slipway('up', '.', '--detach', '--port', '0', '--json');
    const first = await up();
    expect(first.code, first.stderr).toBe(0);
    const { stacks } = JSON.parse(first.stdout) as {
      readonly stacks: readonly { readonly outputs: Readonly<Record<string, string>> }[];
    };
    const { ApiUrl = '', SiteUrl = '' } = stacks[0]?.outputs ?? {};
    expect(await pageAt(SiteUrl)).toContain('<h1>Notes</h1>');
    expect(await wordsOf(ApiUrl, 'one two three')).toBe(3);
    edit('functions/words-in.ts', 'filter(Boolean).length', 'filter(Boolean).length * 10');
    expect((await slipway('up', '.', '--detach')).code).toBe(0);
    expect(await wordsOf(ApiUrl, 'one two three')).toBe(30);

    edit(
      'infra/notes-stack.ts',
      "'Failed', {",
      "'Failed', { retentionPeriod: Duration.days(99), fifo: true, deliveryDelay: Duration.days(1),",
    );
    const broken = await slipway('up', '.', '--detach');
    expect(broken.code).toBe(1);
    expect(await wordsOf(ApiUrl, 'still there')).toBe(20);
    edit(
      'infra/notes-stack.ts',
      ' retentionPeriod: Duration.days(99), fifo: true, deliveryDelay: Duration.days(1),',
      '',
    );
    const mended = await slipway('up', '.', '--detach');
    expect(mended.code, mended.stderr).toBe(0);
    expect(await wordsOf(ApiUrl, 'a b c d')).toBe(40);
    expect((await slipway('down', '--purge')).code).toBe(0);
  });
});

/** Browsers know every name below localhost as this machine; Node asks the system, which may not. */
const pageAt = (url: string) =>
  new Promise<string>((resolve, reject) => {
    const { host, port } = new URL(url);
    const asked = get({ host: '127.0.0.1', port, headers: { host } }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += String(chunk);
      resolve(text);
    });
    asked.once('error', reject);
  });

async function wordsOf(base: string, text: string): Promise<number | undefined> {
  const headers = { 'content-type': 'application/json' };
  const created = await fetch(`${base}notes`, { method: 'POST', headers, body: JSON.stringify({ text }) });
  expect(created.status).toBe(202);
  const { id } = (await created.json()) as { readonly id: string };
  for (let attempt = 0; attempt < 100; attempt++) {
    const note = (await (await fetch(`${base}notes/${id}`)).json()) as { status: string; words?: number };
    if (note.status === 'done') return note.words;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the words were not counted within 10 s');
}
