/**
 * Durable records: one LMDB environment, collections of JSON-like values under ordered keys.
 *
 * Writes are synchronous and committed when `put`, `delete` or `transaction` returns: what was acknowledged
 * survives the death of the process (kill -9). The file is synced to disk once a second when it changed, so a
 * power cut can cost the last second. Object bodies do not belong here: see ./bodies.ts.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';

/** Strings and numbers sort as expected, numbers before strings, element by element. At most ~1,900 bytes. */
export type KeyPart = string | number | boolean | Uint8Array;
type Key = KeyPart | readonly KeyPart[];

export interface Range {
  /** Only keys that begin with these parts. */
  readonly prefix?: Key;
  /** First key, inclusive (within the prefix: the parts after it). */
  readonly from?: Key;
  /** Skip keys up to and including this one (within the prefix: the parts after it). */
  readonly after?: Key;
  readonly reverse?: boolean;
  readonly limit?: number;
}

export interface Collection<V> {
  get(key: Key): V | undefined;
  has(key: Key): boolean;
  put(key: Key, value: V): void;
  /** @returns whether there was something to delete */
  delete(key: Key): boolean;
  /** In key order; keys come without the collection's name, always as arrays. */
  entries(range?: Range): Iterable<readonly [readonly KeyPart[], V]>;
  values(range?: Range): Iterable<V>;
  /** Deletes every key that begins with the prefix (or all), and says how many. */
  clear(prefix?: Key): number;
}

export interface Store {
  /** Absolute path of the folder this store owns; services keep plain files in sub-folders of it. */
  readonly directory: string;
  collection<V>(name: string): Collection<V>;
  /** All writes made inside happen, or none. Must not await. Nests: an inner one that throws takes back its own. */
  transaction<T>(work: () => T): T;
  close(): Promise<void>;
}

const parts = (key: Key | undefined): readonly KeyPart[] =>
  key === undefined ? [] : Array.isArray(key) ? (key as readonly KeyPart[]) : [key as KeyPart];

/** Sorts after every key part in use: LMDB's ordered encoding puts byte arrays starting 0xff last. */
const last = new Uint8Array([0xff, 0xff, 0xff, 0xff]);

export function openStore(directory: string): Store {
  mkdirSync(directory, { recursive: true });
  const db: RootDatabase<unknown, KeyPart[]> = open({
    path: join(directory, 'records'),
    noSync: true,
    compression: false,
    encoding: 'msgpack',
    // Objects as plain maps: msgpackr's records pay off when many values share one definition, and here each
    // value would carry, and have read, a definition of its own.
    encoder: { useRecords: false },
    keyEncoding: 'ordered-binary',
    // Never `useWritemap`: LMDB then ends the process when a page that a transaction wrote is freed in it.
    // See docs/decisions/0002.
  });
  let dirty = false;
  const remove = (key: KeyPart[]): boolean => {
    dirty = true;
    return db.removeSync(key);
  };
  const transaction = <T>(work: () => T): T => db.transactionSync(work) as T;

  /** Runs in a thread of its own; the process would crash if the file were closed under it. */
  let syncing: Promise<void> | undefined;
  const sync = setInterval(() => {
    if (!dirty || syncing) return;
    dirty = false;
    syncing = new Promise((resolve) => {
      (db as unknown as { sync(done: (error?: unknown) => void): void }).sync(() => {
        syncing = undefined;
        resolve();
      });
    });
  }, 1000);
  sync.unref();

  function collection<V>(name: string): Collection<V> {
    const full = (key: Key): KeyPart[] => [name, ...parts(key)];
    function* entries(range: Range = {}): Iterable<readonly [readonly KeyPart[], V]> {
      const prefix = full(range.prefix ?? []);
      const low =
        range.after !== undefined
          ? [...prefix, ...parts(range.after)]
          : range.from !== undefined
            ? [...prefix, ...parts(range.from)]
            : prefix;
      const high = [...prefix, last];
      const found = range.reverse
        ? db.getRange({
            start: range.after !== undefined || range.from !== undefined ? low : high,
            end: prefix,
            reverse: true,
            exclusiveStart: range.after !== undefined,
            limit: range.limit,
          } as never)
        : db.getRange({
            start: low,
            end: high,
            exclusiveStart: range.after !== undefined,
            limit: range.limit,
          } as never);
      for (const { key, value } of found) yield [(key as KeyPart[]).slice(1), value as V] as const;
    }
    return {
      get: (key) => db.get(full(key)) as V | undefined,
      has: (key) => db.doesExist(full(key)),
      put(key, value) {
        dirty = true;
        db.putSync(full(key), value);
      },
      delete: (key) => remove(full(key)),
      entries,
      *values(range) {
        for (const [, value] of entries(range)) yield value;
      },
      clear(prefix) {
        return transaction(() => {
          const keys = [
            ...db.getKeys({ start: full(prefix ?? []), end: [...full(prefix ?? []), last] } as never),
          ];
          for (const key of keys) remove(key as KeyPart[]);
          return keys.length;
        });
      },
    };
  }

  return {
    directory,
    collection,
    transaction,
    async close() {
      clearInterval(sync);
      await syncing;
      await db.close();
    },
  };
}
