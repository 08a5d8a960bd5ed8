/** The state folder of one cloud: its lock, its store, and the record of what was settled at the first start. */
import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SlipwayError } from '../../core/errors.ts';
import { cannotOpen, checkState, lostRecords, markState, prepareStateFolder } from '../state-folder.ts';
import { lockState } from '../state-lock.ts';
import { openStore, type Store } from '../store/store.ts';

export interface CloudRecord {
  readonly format: 1;
  readonly port: number;
  readonly region: string;
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly clockOffset: number;
  /** Services that were loaded before: they take up their work again at the next start. */
  readonly active: readonly string[];
  /** Runtimes that run functions of those that AWS takes no longer. Absent of older folders. */
  readonly runDeprecatedAs?: readonly string[];
}

export interface CloudState {
  readonly directory: string;
  readonly store: Store;
  /** What was settled when this folder was opened before; undefined at its first start. */
  readonly kept: CloudRecord | undefined;
  /** What is settled now: as kept, or made with this port and region. */
  record(port: number, region: string | undefined): CloudRecord;
  save(change: Partial<CloudRecord>): void;
  /** Closes the store and gives the folder free. */
  close(): Promise<void>;
}

/** @param directory absolute, because functions and tasks run in folders of their own */
export async function openState(directory: string, port: number | undefined): Promise<CloudState> {
  prepareStateFolder(directory);
  const release = lockState(directory);
  let store: Store | undefined;
  try {
    checkState(directory);
    store = open(directory);
    const opened = store;
    const records = opened.collection<CloudRecord>('cloud');
    const kept = records.get('cloud');
    check(kept, directory, port);
    const lost = kept ? undefined : lostRecords(directory);
    if (lost) throw lost;
    let record = kept;
    return {
      directory,
      store: opened,
      kept,
      record(listening, region) {
        if (!record) {
          record = firstRecord(listening, region);
          records.put('cloud', record);
        }
        markState(directory, Date.now());
        return record;
      },
      save(change) {
        if (!record) return;
        record = { ...record, ...change };
        records.put('cloud', record);
      },
      async close() {
        await opened.close();
        release();
      },
    };
  } catch (error) {
    await store?.close();
    release();
    throw error;
  }
}

function open(directory: string): Store {
  try {
    return openStore(directory);
  } catch (error) {
    throw cannotOpen(directory, error);
  }
}

function check(kept: CloudRecord | undefined, directory: string, port: number | undefined): void {
  if (kept && kept.format !== 1)
    throw new SlipwayError(
      'local.state-unreadable',
      `the state in ${directory} has format ${String(kept.format)}, this Slipway reads format 1`,
      { fix: 'use the Slipway that wrote it, or start with another --state folder' },
    );
  if (kept && port && port !== kept.port)
    throw new SlipwayError(
      'local.port-taken',
      `the state in ${directory} was made on port ${kept.port}; its URLs carry that port, so it cannot move to ${port}`,
      { fix: `use --port ${kept.port}, another --state folder, or slipway down --purge first` },
    );
}

const firstRecord = (port: number, region: string | undefined): CloudRecord => ({
  format: 1,
  port,
  region: region ?? 'us-east-1',
  accountId: '000000000000',
  accessKeyId: `AKIA${randomId(16).toUpperCase()}`,
  secretAccessKey: randomId(40),
  clockOffset: 0,
  active: [],
});

/** Asking for random bytes costs far more than the bytes: they are drawn for many ids at once, and each is used once. */
const poolBytes = 1024;
let pool = '';
let drawn = 0;

/** Lower-case hex. */
export function randomId(length: number): string {
  if (drawn + length > pool.length) {
    pool = randomBytes(Math.max(poolBytes, length)).toString('hex');
    drawn = 0;
  }
  drawn += length;
  return pool.slice(drawn - length, drawn);
}

/** How the command line finds a running cloud; readable by its owner only, because of the keys in it. */
export function writeRuntime(directory: string, runtime: object): void {
  const file = join(directory, 'runtime.json');
  writeFileSync(file, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
