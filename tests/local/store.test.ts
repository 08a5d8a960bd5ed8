/** The record store: transactions inside transactions, and what a killed process leaves behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/local/store/store.ts';

let directory: string;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-store-'));
  store = openStore(directory);
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const failing = (work: () => void) => () => {
  work();
  throw new Error('changed its mind');
};
const attempt = (work: () => void) => {
  try {
    work();
  } catch {
    // The outer transaction goes on.
  }
};

it('outlives the deletion of its only record, and of records that are being listed after a restart', async () => {
  const numbers = store.collection<unknown>('numbers');
  numbers.put('a', 1);
  numbers.delete('a');
  for (let i = 0; i < 1000; i++) numbers.put(i, { text: 'x'.repeat(300) });
  await store.close();
  store = openStore(directory);
  const again = store.collection<unknown>('numbers');
  for (const [key] of again.entries()) again.delete(key);
  expect([...again.entries()]).toEqual([]);
});

describe('a transaction', () => {
  it('that throws leaves nothing', () => {
    const numbers = store.collection<number>('numbers');
    numbers.put('a', 1);
    expect(() =>
      store.transaction(
        failing(() => {
          numbers.put('a', 2);
          numbers.put('b', 2);
        }),
      ),
    ).toThrow('changed its mind');
    expect([numbers.get('a'), numbers.get('b')]).toEqual([1, undefined]);
  });

  it('inside another takes back its own writes when it throws, and no others', () => {
    const numbers = store.collection<number>('numbers');
    numbers.put('kept', 1);
    numbers.put('deleted', 1);
    store.transaction(() => {
      numbers.put('kept', 2);
      attempt(() =>
        store.transaction(
          failing(() => {
            numbers.put('kept', 3);
            numbers.put('kept', 4);
            numbers.put('new', 4);
            numbers.delete('deleted');
          }),
        ),
      );
      numbers.put('after', 5);
    });
    expect([...numbers.entries()]).toEqual([
      [['after'], 5],
      [['deleted'], 1],
      [['kept'], 2],
    ]);
  });

  it('in the middle of three takes back what the innermost wrote as well', () => {
    const numbers = store.collection<number>('numbers');
    store.transaction(() => {
      numbers.put('outer', 1);
      attempt(() =>
        store.transaction(
          failing(() => {
            store.transaction(() => numbers.put('inner', 2));
            numbers.clear();
          }),
        ),
      );
    });
    expect([...numbers.entries()]).toEqual([[['outer'], 1]]);
  });

  it('is whole again for the next one after a failure', () => {
    const numbers = store.collection<number>('numbers');
    attempt(() => store.transaction(() => store.transaction(failing(() => numbers.put('a', 1)))));
    attempt(() => store.transaction(failing(() => numbers.put('b', 1))));
    expect([...numbers.values()]).toEqual([]);
  });
});

describe('a store that is closed while it is synced to the disk', () => {
  it('waits for that, where LMDB would crash the process', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      for (let round = 0; round < 20; round++) {
        const closing = openStore(join(directory, `closing-${round}`));
        const texts = closing.collection<string>('texts');
        for (let i = 0; i < 300; i++) texts.put(i, 'x'.repeat(3000));
        vi.advanceTimersByTime(1000);
        await closing.close();
      }
    } finally {
      vi.useRealTimers();
    }
    const again = openStore(join(directory, 'closing-19'));
    expect([...again.collection('texts').entries()]).toHaveLength(300);
    await again.close();
  });
});

/** Adds two records a transaction that must stay equal, and says after each how far it is. */
const writer = (folder: string) => `
  import { openStore } from ${JSON.stringify(new URL('../../src/local/store/store.ts', import.meta.url).href)};
  const store = openStore(${JSON.stringify(folder)});
  const pairs = store.collection('pairs');
  const padding = 'x'.repeat(3000);
  for (let n = 1; ; n++) {
    store.transaction(() => {
      pairs.put('first', n);
      pairs.put(['padding', n], padding);
      pairs.put('second', n);
    });
    if (n % 50 === 0) process.stdout.write(n + '\\n');
    if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }`;

describe('a killed process', () => {
  it('leaves every transaction that it reported, each whole', async () => {
    const folder = join(directory, 'killed');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', writer(folder)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let reported = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      reported = Number(chunk.toString().trim().split('\n').at(-1));
      if (reported >= 1000) child.kill('SIGKILL');
    });
    await once(child, 'exit');
    const after = openStore(folder);
    const pairs = after.collection<number>('pairs');
    const [first, second] = [pairs.get('first'), pairs.get('second')];
    const paddings = [...pairs.entries({ prefix: 'padding' })].length;
    await after.close();
    expect(first).toBeGreaterThanOrEqual(reported);
    expect(reported).toBeGreaterThanOrEqual(1000);
    expect([second, paddings]).toEqual([first, first]);
  });
});
