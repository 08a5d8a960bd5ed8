/** What `up` says while it works: one block that is drawn again on a terminal, lines elsewhere. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { slipwayIn } from './cli.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'slipway.mjs');
let folder = '';
const slipway = slipwayIn(() => folder);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-progress-'));
  const condition = { Handle: { Ref: 'Handle' }, Timeout: '10', Count: 1 };
  const template = {
    Resources: {
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      Signal: { Type: 'AWS::CloudFormation::WaitCondition', Properties: condition },
      Files: { Type: 'AWS::S3::Bucket' },
    },
  };
  writeFileSync(join(folder, 'waits.json'), JSON.stringify(template));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** In a terminal of this size, as util-linux's `script` makes one. */
const inTerminal = (columns: number, rows: number, environment: Readonly<Record<string, string>> = {}) =>
  new Promise<string>((resolve) => {
    const command = `stty cols ${columns} rows ${rows}; '${process.execPath}' '${program}' up waits.json --detach --port 0`;
    const env = { PATH: process.env.PATH, TERM: 'xterm', ...environment };
    execFile('script', ['-qfec', command, '/dev/null'], { cwd: folder, env }, (_, stdout) => resolve(stdout));
  });

const erase = '\u001b[J';

it('elsewhere: a line at each phase, and every few seconds what is done and what is waited for', async () => {
  const { stderr } = await slipway('up', 'waits.json', '--detach', '--port', '0');
  expect(stderr).toContain('creating waits (3 resources)\n');
  expect(stderr).toMatch(/waits: 2 of 3 resources, [^\n]*\n {2}waiting \d[^\n]* for Signal/);
  expect(stderr.split('\n').length).toBeLessThan(15);
  expect(stderr).not.toContain('\u001b');
});

it('on a narrow and low terminal: a block that fits, is drawn again and is gone at the end', async () => {
  const drawn = (await inTerminal(40, 3)).split(erase);
  const last = stripVTControlCharacters(drawn.pop() ?? '');
  const lines = drawn
    .flatMap((text) => stripVTControlCharacters(text).split(/[\r\n]+/))
    // What is printed above the block stays, and may be as long as it is.
    .filter((line) => !line.includes('CREATE_FAILED'));
  expect(drawn.length).toBeGreaterThan(20);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}waiting \d+ s for Signal/));
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThan(40);
  expect(last).toMatch(/waits ended ROLLBACK_COMPLETE/);
  expect(last).not.toMatch(/waiting|of 3 resources/);
});

it('without colours where NO_COLOR is set', async () => {
  const colourless = await inTerminal(100, 30, { NO_COLOR: '1' });
  expect(stripVTControlCharacters(colourless.replaceAll(erase, '').replaceAll('\u001b[1A', ''))).toBe(
    colourless.replaceAll(erase, '').replaceAll('\u001b[1A', ''),
  );
});

it('in plain lines where the terminal cannot move its cursor', async () => {
  const plain = await inTerminal(100, 30, { TERM: 'dumb' });
  expect(plain).not.toContain(erase);
  expect(plain).toMatch(/waiting \d[^\n]* for Signal/);
});
