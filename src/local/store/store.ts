/**
 * Durable records: one LMDB environment, collections of JSON-like values under ordered keys.
 *
 * Writes are synchronous and committed when `put`, `delete` or `transaction` returns: what was acknowledged
 * survives the death of the process (kill -9). The cloud syncs the file to disk once a second when it changed, so a
 * power cut can cost the last second: see docs/durability.md. Object bodies do not belong here: see ./bodies.ts.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { asBinary, open, type RootDatabase } from 'lmdb';
import { StoppingError } from '../../core/errors.ts';
import { fits, isCut, type Key, type KeyPart, KeyTooLongError, partsOf, storedKey } from './keys.ts';
import { openRoom } from './room.ts';

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
  /** Writes to disk what changed since the last time. Rejects when the disk refuses; it is tried again then. */
  sync(): Promise<void>;
  /** What is to be on disk before the records that name it; asked at each sync. */
  beforeSync(write: () => Promise<void>): void;
  /** Syncs and closes. Whatever is asked of it afterwards throws a StoppingError. */
  close(): Promise<void>;
}

/** A record whose key was cut. */
interface Enclosed<V> {
  readonly key: readonly KeyPart[];
  readonly value: V;
}

/** Sorts after every key part in use: LMDB's ordered encoding puts byte arrays starting 0xff last. */
const last = new Uint8Array([0xff, 0xff, 0xff, 0xff]);

/** Bytes that a change of one record may take beside its value: the page it is in, and one that is split off. */
const touched = 2 * 4096;
/** Of a transaction: the pages above it, in the tree of records and in that of free pages. */
const ownTransaction = 16 * 4096;

export function openStore(directory: string): Store {
  const records = join(directory, 'records');
  mkdirSync(records, { recursive: true, mode: 0o700 });
  const db: RootDatabase<unknown, KeyPart[]> = open({
    path: records,
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
  for (const name of ['data.mdb', 'lock.mdb']) chmodSync(join(records, name), 0o600);
  let dirty = false;
  let closed = false;
  let syncing: Promise<void> | undefined;
  const before: (() => Promise<void>)[] = [];

  const whileOpen = () => {
    if (closed) throw new StoppingError();
  };
  const { encoder } = db as unknown as { readonly encoder: { encode(value: unknown): Uint8Array } };
  const room = openRoom(join(records, 'data.mdb'));
  /** Transactions that are open, one in another. */
  let depth = 0;
  const reserve = (bytes: number) => room.reserve(depth === 0 ? bytes + ownTransaction : bytes, depth === 0);
  const put = (key: KeyPart[], value: unknown) => {
    const bytes = encoder.encode(value);
    reserve(bytes.byteLength + touched);
    dirty = true;
    db.putSync(key, asBinary(bytes));
  };
  const remove = (key: KeyPart[]): boolean => {
    reserve(touched);
    dirty = true;
    return db.removeSync(key);
  };
  const transaction = <T>(work: () => T): T => {
    whileOpen();
    if (depth === 0) reserve(0);
    depth++;
    try {
      return db.transactionSync(work) as T;
    } finally {
      depth--;
    }
  };

  /** Runs in a thread of its own; the process would crash if the file were closed under it. */
  const write = () =>
    new Promise<void>((resolve, reject) => {
      (db as unknown as { sync(done: (error?: unknown) => void): void }).sync((error) => {
        if (error) reject(error instanceof Error ? error : new Error(String(error)));
        else resolve();
      });
    });
  async function syncOnce(): Promise<void> {
    dirty = false;
    try {
      for (const first of before) await first();
      await write();
    } catch (error) {
      dirty = true;
      throw error;
    }
  }
  async function sync(): Promise<void> {
    if (!dirty) return syncing;
    syncing ??= syncOnce().finally(() => {
      syncing = undefined;
    });
    return syncing;
  }

  function collection<V>(name: string): Collection<V> {
    const full = (key: Key): KeyPart[] => {
      whileOpen();
      return storedKey(name, key);
    };
    function* entries(range: Range = {}): Iterable<readonly [readonly KeyPart[], V]> {
      const prefix = full(range.prefix ?? []);
      const start = range.after ?? range.from;
      const low = start === undefined ? prefix : [...prefix, ...storedKey(name, start).slice(1)];
      const high = [...prefix, last];
      if (!fits(low)) return;
      const found = db.getRange(
        (range.reverse
          ? {
              start: start === undefined ? high : low,
              end: prefix,
              reverse: true,
              exclusiveStart: range.after !== undefined,
              limit: range.limit,
            }
          : {
              start: low,
              end: high,
              exclusiveStart: range.after !== undefined,
              limit: range.limit,
            }) as never,
      );
      for (const { key, value } of found) {
        const stored = key as KeyPart[];
        if (isCut(stored)) {
          const enclosed = value as Enclosed<V>;
          yield [enclosed.key, enclosed.value] as const;
        } else yield [stored.slice(1), value as V] as const;
      }
    }
    return {
      get(key) {
        const stored = full(key);
        if (!fits(stored)) return undefined;
        const value = db.get(stored);
        return isCut(stored) ? (value as Enclosed<V> | undefined)?.value : (value as V | undefined);
      },
      has(key) {
        const stored = full(key);
        return fits(stored) && db.doesExist(stored);
      },
      put(key, value) {
        const stored = full(key);
        if (!fits(stored)) throw new KeyTooLongError(name);
        put(stored, isCut(stored) ? ({ key: partsOf(key), value } satisfies Enclosed<V>) : value);
      },
      delete(key) {
        const stored = full(key);
        return fits(stored) && remove(stored);
      },
      entries,
      *values(range) {
        for (const [, value] of entries(range)) yield value;
      },
      clear(prefix) {
        return transaction(() => {
          const start = full(prefix ?? []);
          const keys = fits(start) ? [...db.getKeys({ start, end: [...start, last] } as never)] : [];
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
    sync,
    beforeSync: (first) => void before.push(first),
    async close() {
      if (closed) return;
      closed = true;
      // The folder is given free in any case; what cannot be synced is in the system's cache.
      await sync().catch(() => {});
      await syncing;
      room.close();
      await db.close();
    },
  };
}
