/** The record store: transactions inside transactions, and what a killed process leaves behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
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

describe('a key', () => {
  const long = {
    'two bytes a character': 'é'.repeat(1000),
    'four bytes a character': '😀'.repeat(2048),
    'a megabyte': 'a'.repeat(1_000_000),
    'characters that separate parts': `${'a'.repeat(70)}\0b`,
    'the form of a key that was cut': `${'a'.repeat(20)}\u{10ffff}${'0'.repeat(64)}`,
  };

  it.each(Object.entries(long))('of %s keeps its record, and comes back as it was given', (_, name) => {
    const records = store.collection<string>('records');
    const others = [`${name}x`, `x${name}`];
    records.put(['a', name, 1], 'wanted');
    for (const other of others) records.put(['a', other, 1], 'other');
    expect(records.get(['a', name, 1])).toBe('wanted');
    expect(records.has(['a', name, 1])).toBe(true);
    expect([...records.entries({ prefix: ['a', name] })]).toEqual([[['a', name, 1], 'wanted']]);
    expect(new Set([...records.entries()].map(([[, key]]) => key))).toEqual(new Set([name, ...others]));
    expect(records.delete(['a', name, 1])).toBe(true);
    expect(records.get(['a', name, 1])).toBeUndefined();
    expect(records.clear(['a'])).toBe(others.length);
  });

  it('with half a character is not the one with another half', () => {
    const records = store.collection<number>('records');
    const halves = [0xd800, 0xd801, 0xdc00].map((half) => `a${String.fromCharCode(half)}`);
    for (const [n, name] of halves.entries()) records.put(name, n);
    expect(halves.map((name) => records.get(name))).toEqual([0, 1, 2]);
  });

  it('of 1,024 bytes, the longest of an object, keeps its place in the order', () => {
    const records = store.collection<number>('records');
    const keys = [1, 2, 3].map((n) => `${'é'.repeat(511)}a${n}`);
    for (const key of [...keys].reverse()) records.put(['bucket', key, -1], 1);
    expect([...records.entries({ prefix: ['bucket'] })].map(([[, key]]) => key)).toEqual(keys);
  });

  it('of any length keeps its place in the order of its bytes', () => {
    const records = store.collection<number>('records');
    const unit = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
    const text = fc
      .integer({ min: 1, max: 340 })
      .chain((length) => fc.string({ unit, minLength: length, maxLength: length }));
    // Names that differ late, too: with one beginning, and an end each.
    const names = fc.tuple(text, fc.array(text, { minLength: 2, maxLength: 6 }));
    let round = 0;
    fc.assert(
      fc.property(names, ([beginning, ends]) => {
        const prefix = `round ${round++}`;
        const given = [...new Set(ends.map((end) => `${beginning}${end}`))];
        for (const name of given) records.put([prefix, name], 1);
        const bytes = given.map((name) => Buffer.from(name)).sort(Buffer.compare);
        expect([...records.entries({ prefix })].map(([[, name]]) => name)).toEqual(bytes.map(String));
      }),
    );
  });

  it('whose parts are too long together has no record, and is refused by name when it is written', () => {
    const records = store.collection<number>('records');
    const key = ['a'.repeat(1000), 'b'.repeat(1000)];
    expect(records.get(key)).toBeUndefined();
    expect(records.delete(key)).toBe(false);
    expect([...records.entries({ prefix: key })]).toEqual([]);
    expect(() => records.put(key, 1)).toThrow('too long together');
  });
});

it('refuses everything after it was closed', async () => {
  const records = store.collection<number>('records');
  await store.close();
  for (const use of [
    () => records.get('a'),
    () => records.put('a', 1),
    () => [...records.values()],
    () => store.transaction(() => 1),
  ])
    expect(use).toThrow('stopping');
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
