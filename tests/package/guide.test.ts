/** The code of docs/guides/testing.md, taken from the page and run as its reader would run it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { compile, installed, runNode } from './run.ts';

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guides', 'testing.md'), 'utf8');
/** Blocks that name a file: "```ts vitest/orders.test.ts". */
const blocks = [...guide.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, file = '', code = '']) => ({
  file,
  code,
}));
const template = blocks.find(({ file }) => file === 'orders.yaml')?.code ?? '';
for (const { file, code } of blocks) {
  const target = join(installed, 'guide', file);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
  writeFileSync(join(dirname(target), 'orders.yaml'), template);
}

it('has a runnable block for each way to test', () => {
  expect(blocks.map(({ file }) => file)).toEqual([
    ...['orders.yaml', 'vitest/orders.test.ts', 'node-test/orders.test.mjs', 'jest/orders.test.js'],
    'commonjs/start.cjs',
  ]);
});

it('compiles in strict mode', async () => {
  const options = { module: 'nodenext', types: ['node'], skipLibCheck: true, noEmit: true };
  expect(await compile('guide', options, ['guide'])).toBe('');
});

it('passes under Vitest', async () => {
  const { code, stdout, stderr } = await runNode(
    [join(installed, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--maxWorkers=1'],
    { folder: 'guide/vitest', environment: { NO_COLOR: '1' } },
  );
  expect([code, stderr, stdout]).toEqual([0, '', expect.stringMatching(/Tests {2}2 passed/)]);
});

it('passes under node:test', async () => {
  const { code, stdout, stderr } = await runNode(['--test'], { folder: 'guide/node-test' });
  expect([code, stderr, stdout]).toEqual([0, '', expect.stringMatching(/pass 2\n/)]);
});

it('passes under Jest', async () => {
  // Not a dependency of this repository: 280 packages, for one test.
  const folder = join(installed, 'guide', 'jest');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', jest], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { code, stderr } = await runNode([join(folder, 'node_modules', 'jest', 'bin', 'jest.js')], {
    folder: 'guide/jest',
    environment: { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
  });
  expect([code, stderr]).toEqual([0, expect.stringMatching(/Tests: +1 passed/)]);
});

it('starts a cloud from CommonJS', async () => {
  const { code, stdout, stderr } = await runNode(['start.cjs'], { folder: 'guide/commonjs' });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+\n$/);
});

const jest = 'jest@30.5.2';
