import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { architectureOfTemplate } from '../../../../src/architecture/index.ts';
import {
  type EngineState,
  readImage,
  writeImage,
} from '../../../../src/review/security/tools/engine-image.ts';
import { runTools } from '../../../../src/review/security/tools/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const app = architectureOfTemplate(
  JSON.stringify({
    Resources: {
      Old: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs12.x',
          Handler: 'a.b',
          Code: { ZipFile: 'x' },
          Role: 'arn:aws:iam::1:role/r',
        },
      },
      Wrong: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'soon' } },
    },
  }),
);
const images = () => readdirSync(folder).filter((name) => name.endsWith('.image'));
/** Forgets the answers, which would not ask the engine. */
async function resultsOf() {
  const { runs, results } = await runTools(app, { nagPacks: [], cacheFolder: folder });
  for (const name of readdirSync(folder)) if (name.endsWith('.json')) rmSync(join(folder, name));
  expect(runs).toMatchObject([{ outcome: 'ran' }]);
  return results;
}

test('an engine that was kept finds what a built one finds, and a broken one is built again', async () => {
  const built = await resultsOf();
  expect(built.flatMap(({ findings }) => findings).length).toBeGreaterThan(2);
  const [image = ''] = images();
  const whole = statSync(join(folder, image)).size;
  expect(await resultsOf()).toEqual(built);
  truncateSync(join(folder, image), 1_000_000);
  expect(await resultsOf()).toEqual(built);
  expect(statSync(join(folder, images()[0] ?? '')).size).toBe(whole);
}, 120_000);

test('a review that does not wait says so, and the next one has the findings', async () => {
  const fresh = mkdtempSync(join(tmpdir(), 'slipway-later-'));
  try {
    const options = { nagPacks: [], cacheFolder: fresh, waitForEngine: false };
    const first = await runTools(app, options);
    expect(first.results).toEqual([]);
    expect(first.runs).toMatchObject([{ name: 'cloudformation-validate', outcome: 'could-not-run' }]);
    expect(first.runs[0]?.because).toContain('in the background');
    await expect
      .poll(() => readdirSync(fresh).filter((name) => name.endsWith('.image')), { timeout: 150_000 })
      .toHaveLength(1);
    const second = await runTools(app, options);
    expect(second.runs).toMatchObject([{ outcome: 'ran' }]);
    expect(second.results.flatMap(({ findings }) => findings).length).toBeGreaterThan(2);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}, 180_000);

const stateOf = (entries: unknown[]): EngineState => ({
  memory: { buffer: new ArrayBuffer(65_536), grow: () => 1 },
  table: {
    length: entries.length,
    get: (index) => entries[index],
    set: (index, value) => (entries[index] = value),
    grow: () => entries.length,
  },
});

test('an engine that holds a value of the program is not kept', () => {
  const file = join(folder, 'engine-0.image');
  writeImage(file, stateOf([null, 'text', {}]), 8);
  expect(readImage(file, stateOf([]))).toBeUndefined();
  writeImage(file, stateOf([null, 'text', globalThis]), 8);
  const entries: unknown[] = [];
  expect(readImage(file, stateOf(entries))).toBe(8);
  expect(entries).toEqual([null, 'text', globalThis]);
});

test('a folder that cannot be made is no error', () => {
  const taken = join(folder, 'a-file');
  writeFileSync(taken, '');
  const file = join(taken, 'below', 'engine-0.image');
  writeImage(file, stateOf([]), 8);
  expect(readImage(file, stateOf([]))).toBeUndefined();
});
