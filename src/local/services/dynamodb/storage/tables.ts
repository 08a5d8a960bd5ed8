/** The tables of the account, by name; read from the store once and kept. */
import type { Clock, Timer } from '../../../../core/clock.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { Collection } from '../../../store/store.ts';
import { openStreamLog, type StreamLog } from '../../../table-streams/log.ts';
import { noResource, validation } from '../errors.ts';
import type { TableRecord } from './records.ts';
import { Table } from './table.ts';

const hour = 3_600_000;
/** What AWS adds to each item's own bytes for storage: https://aws.amazon.com/dynamodb/pricing/on-demand/ */
const itemOverhead = 100;
/** AWS leaves items alone whose expiry lies further back. */
const tooOld = 5 * 365 * 86_400;

export interface Tables {
  readonly log: StreamLog;
  /** @throws ResourceNotFoundException as data operations word it */
  get(nameOrArn: string | undefined): Table;
  find(nameOrArn: string | undefined): Table | undefined;
  names(): string[];
  all(): Iterable<Table>;
  add(record: TableRecord): Table;
  change(table: Table, change: Partial<TableRecord>): void;
  remove(table: Table): void;
  /** A place in the store that was never used. */
  slot(): string;
  /** Looks again when the next item expires. */
  arm(): void;
  start(): void;
  stop(): void;
}

export function openTables(env: ServiceEnvironment): Tables {
  const { clock, store } = env;
  const records = store.collection<TableRecord>('dynamodb.tables');
  const serial: Collection<number> = store.collection('dynamodb.serial');
  const expiry = expiryTimer(clock, () => sweep());
  const log = openStreamLog(store, clock);
  const dependencies = { clock, store, log, expires: expiry.arm };
  const byName = new Map<string, Table>();
  for (const record of records.values()) byName.set(record.name, new Table(record, dependencies));

  const prefix = env.arn('dynamodb', 'table/');
  const find = (nameOrArn = '') => {
    const known = byName.get(nameOrArn);
    if (known || !nameOrArn.startsWith('arn:')) return known;
    return nameOrArn.startsWith(prefix) ? byName.get(nameOrArn.slice(prefix.length)) : undefined;
  };

  /** Deletes what has expired. On AWS this may take days; here it happens within the second. */
  function sweep(): void {
    const now = Math.floor(clock.now() / 1000);
    for (const table of byName.values()) {
      if (!table.record.ttl?.enabled) continue;
      for (const item of [...table.expired(now)]) {
        const due = table.expiryOf(item);
        if (due !== undefined && due > now - tooOld) table.write(item, undefined, undefined, true);
      }
    }
    arm(now);
  }

  function arm(after = 0): void {
    for (const table of byName.values()) {
      const next = table.record.ttl?.enabled ? table.nextExpiry() : undefined;
      if (next !== undefined && next > after) expiry.arm(next);
    }
  }

  let billed = clock.now();
  let billing: Timer | undefined;
  function bill(): void {
    const now = clock.now();
    const hours = (now - billed) / hour;
    billed = now;
    for (const table of byName.values()) billTable(env, table, hours);
  }

  return {
    log,
    find,
    get(nameOrArn) {
      const table = find(nameOrArn);
      if (table) return table;
      checkTableName(nameOrArn);
      throw noResource();
    },
    names: () => [...byName.keys()].sort(),
    all: () => byName.values(),
    add(record) {
      bill();
      const table = new Table(record, dependencies);
      records.put(record.name, record);
      byName.set(record.name, table);
      return table;
    },
    change(table, change) {
      table.record = { ...table.record, ...change };
      records.put(table.record.name, table.record);
    },
    remove(table) {
      bill();
      store.transaction(() => {
        records.delete(table.record.name);
        table.clear();
      });
      byName.delete(table.record.name);
    },
    slot() {
      const next = (serial.get('slot') ?? 0) + 1;
      serial.put('slot', next);
      return next.toString(36);
    },
    arm,
    start() {
      billing = clock.repeat(
        () => hour,
        () => {
          bill();
          log.trim();
        },
      );
      sweep();
    },
    stop() {
      billing?.cancel();
      expiry.cancel();
      bill();
    },
  };
}

function billTable(env: ServiceEnvironment, table: Table, hours: number): void {
  const { record } = table;
  const { arn: resource } = record;
  let bytes = 0;
  for (const { slot } of [record, ...record.indexes]) {
    const counts = table.counts(slot);
    bytes += counts.bytes + counts.items * itemOverhead;
  }
  if (bytes > 0) env.meter({ service: 'dynamodb', usage: 'byte-hours', quantity: bytes * hours, resource });
  if (record.billingMode !== 'PROVISIONED') return;
  const provisioned = [record.throughput, ...record.indexes.map((index) => index.throughput)];
  for (const [usage, side] of [
    ['read-capacity-unit-hours', 'read'],
    ['write-capacity-unit-hours', 'write'],
  ] as const) {
    const units = provisioned.reduce((sum, one) => sum + (one?.[side] ?? 0), 0);
    env.meter({ service: 'dynamodb', usage, quantity: units * hours, resource });
  }
}

const secondsToNextTry = 60;

/** One timer, for the earliest of what it was told. */
function expiryTimer(clock: Clock, task: () => void) {
  let armed: { seconds: number; timer: Timer } | undefined;
  function arm(seconds: number): void {
    if (armed && armed.seconds <= seconds) return;
    armed?.timer.cancel();
    // Whatever is past already is done soon, and not within the write that brought it.
    const wait = Math.max(1000, seconds * 1000 - clock.now());
    const timer = clock.after(wait, () => {
      armed = undefined;
      try {
        task();
      } catch (error) {
        // A full disk has room again some time.
        arm(clock.now() / 1000 + secondsToNextTry);
        throw error;
      }
    });
    armed = { seconds, timer };
  }
  return {
    arm,
    cancel() {
      armed?.timer.cancel();
      armed = undefined;
    },
  };
}

export function checkTableName(name: string | undefined): string {
  if (name?.startsWith('arn:')) return name;
  const value = name ?? '';
  if (!/^[a-zA-Z0-9_.-]+$/.test(value))
    throw validation(
      `1 validation error detected: Value '${value}' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+`,
    );
  if (value.length < 3 || value.length > 255)
    throw validation('TableName must be at least 3 characters long and at most 255 characters long');
  return value;
}
