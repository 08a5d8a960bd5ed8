/** One table: where its items lie, its indexes kept in step with every write, and what a write consumes. */
import type { Clock } from '../../../../core/clock.ts';
import type { KeyPart } from '../../../store/keys.ts';
import type { Collection, Store } from '../../../store/store.ts';
import type { StreamLog } from '../../../table-streams/log.ts';
import { validation } from '../errors.ts';
import { itemSize } from '../values/check.ts';
import { equalValues } from '../values/compare.ts';
import { identityOf, partitionOf, sortOf } from '../values/key-encoding.ts';
import { attribute, define, type Item, type Value } from '../values/types.ts';
import { canBeKey } from './keys.ts';
import type { IndexRecord, TableRecord } from './records.ts';
import { storedItems } from './stored-items.ts';
import { Throughput, type Usage } from './throughput.ts';

interface Counts {
  items: number;
  bytes: number;
}

const kilobyte = 1024;
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / kilobyte));

/** 400 KB, names included: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const largestItem = 400 * kilobyte;

interface TableDependencies {
  readonly clock: Clock;
  readonly store: Store;
  readonly log: StreamLog;
  /** Told that an item expires at this second. */
  readonly expires: (seconds: number) => void;
}

export class Table {
  record: TableRecord;
  readonly throughput: Throughput;
  readonly #items: Collection<Item>;
  readonly #expiries: Collection<true>;
  readonly #dependencies: TableDependencies;
  /** By slot; counted on first use, kept from then on. */
  readonly #counts = new Map<string, Counts>();

  constructor(record: TableRecord, dependencies: TableDependencies) {
    this.record = record;
    this.throughput = new Throughput(dependencies.clock);
    this.#dependencies = dependencies;
    this.#items = storedItems(dependencies.store);
    this.#expiries = dependencies.store.collection('dynamodb.expiries');
  }

  get items(): Collection<Item> {
    return this.#items;
  }

  index(name: string): IndexRecord | undefined {
    return this.record.indexes.find((index) => index.name === name);
  }

  /** The item's place in the store; its keys must have been checked. */
  place(item: Item): KeyPart[] {
    const { slot, keys } = this.record;
    const partition = partitionOf(item[keys.hash] as Value);
    return keys.range === undefined
      ? [slot, partition]
      : [slot, partition, sortOf(item[keys.range] as Value)];
  }

  /** Its place in an index, if its attributes put it there. */
  indexPlace(index: IndexRecord, item: Item): KeyPart[] | undefined {
    const hash = attribute(item, index.keys.hash);
    const range = index.keys.range === undefined ? undefined : attribute(item, index.keys.range);
    if (!hash || (index.keys.range !== undefined && !range)) return undefined;
    const { keys } = this.record;
    const identity = identityOf(
      item[keys.hash] as Value,
      keys.range === undefined ? undefined : item[keys.range],
    );
    return [index.slot, partitionOf(hash), range ? sortOf(range) : '', identity];
  }

  get(key: Item, place = this.place(key)): Item | undefined {
    return this.#items.get(place);
  }

  projected(index: IndexRecord, item: Item): Item {
    if (index.projection === 'ALL') return item;
    const { keys } = this.record;
    const out: Record<string, Value> = {};
    for (const name of [keys.hash, keys.range, index.keys.hash, index.keys.range, ...index.included]) {
      const value = name === undefined ? undefined : attribute(item, name);
      if (name !== undefined && value) define(out, name, value);
    }
    return out;
  }

  /**
   * Puts `next` in place of `old`, both of one key, or deletes it when there is no `next`. All of it happens or
   * none.
   * @param known the item's place, where it is known already: it takes a hash to find
   * @param expired the time to live deletes it
   */
  write(old: Item | undefined, next: Item | undefined, known?: KeyPart[], expired = false): Usage {
    const oldSize = old ? itemSize(old) : 0;
    const newSize = next ? itemSize(next) : 0;
    if (newSize > largestItem)
      throw validation(
        old
          ? 'Item size to update has exceeded the maximum allowed size'
          : 'Item size has exceeded the maximum allowed size',
      );
    const either = next ?? old;
    if (!either) return { table: 1, indexes: none };
    const { record } = this;
    const work = () => {
      const place = known ?? this.place(either);
      if (next) this.#items.put(place, next);
      else this.#items.delete(place);
      const indexes = record.indexes.length === 0 ? none : this.#writeIndexes(old, next);
      if (record.ttl?.enabled) this.#writeExpiry(old, next, place);
      if (record.stream) this.#writeChange(record.stream.arn, old, next, expired);
      this.#count(record.slot, (next ? 1 : 0) - (old ? 1 : 0), newSize - oldSize);
      return { table: writeUnits(Math.max(oldSize, newSize)), indexes };
    };
    return record.indexes.length > 0 || record.ttl?.enabled || record.stream
      ? this.#dependencies.store.transaction(work)
      : work();
  }

  /** A write that changes nothing is no change. */
  #writeChange(arn: string, old: Item | undefined, next: Item | undefined, expired: boolean): void {
    if (old && next && equalValues({ M: old }, { M: next })) return;
    const { clock, log } = this.#dependencies;
    const { keys } = this.record;
    const either = (next ?? old) as Item;
    const view = this.record.stream?.view ?? 'KEYS_ONLY';
    const key: Record<string, Value> = {};
    for (const name of [keys.hash, keys.range])
      if (name !== undefined) define(key, name, either[name] as Value);
    const images = {
      ...(old && /OLD/.test(view) ? { old } : {}),
      ...(next && /NEW/.test(view) ? { next } : {}),
    };
    log.append(arn, {
      kind: old ? (next ? 'MODIFY' : 'REMOVE') : 'INSERT',
      at: clock.now(),
      keys: key,
      ...images,
      size: [key, ...Object.values(images)].reduce((sum, item) => sum + itemSize(item), 0),
      ...(expired ? { expired: true } : {}),
    });
  }

  #writeIndexes(old: Item | undefined, next: Item | undefined): ReadonlyMap<string, number> {
    const used = new Map<string, number>();
    for (const index of this.record.indexes) {
      const units = this.writeIndex(index, old, next);
      if (units > 0) used.set(index.name, units);
    }
    return used;
  }

  /**
   * A changed index key costs a delete and a put; a change that the index does not hold costs nothing.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
   */
  writeIndex(index: IndexRecord, old: Item | undefined, next: Item | undefined): number {
    const from = old && this.indexPlace(index, old);
    const to = next && this.indexPlace(index, next);
    const before = from && old ? this.projected(index, old) : undefined;
    const after = to && next ? this.projected(index, next) : undefined;
    if (!from && !to) return 0;
    const beforeSize = before ? itemSize(before) : 0;
    const afterSize = after ? itemSize(after) : 0;
    this.#count(index.slot, (after ? 1 : 0) - (before ? 1 : 0), afterSize - beforeSize);
    if (from && to && samePlace(from, to)) {
      if (before && after && equalValues({ M: before }, { M: after })) return 0;
      if (after) this.#items.put(to, after);
      return writeUnits(Math.max(beforeSize, afterSize));
    }
    let units = 0;
    if (from) {
      this.#items.delete(from);
      units += writeUnits(beforeSize);
    }
    if (to && after) {
      this.#items.put(to, after);
      units += writeUnits(afterSize);
    }
    return units;
  }

  #writeExpiry(old: Item | undefined, next: Item | undefined, place: readonly KeyPart[]): void {
    const from = old && this.expiryOf(old);
    const to = next && this.expiryOf(next);
    if (from === to) return;
    const [slot = '', ...rest] = place;
    if (from !== undefined) this.#expiries.delete([slot, from, ...rest]);
    if (to !== undefined) {
      this.#expiries.put([slot, to, ...rest], true);
      this.#dependencies.expires(to);
    }
  }

  /** Epoch seconds. Other types than Number are no expiry: the item stays. */
  expiryOf(item: Item): number | undefined {
    const value = this.record.ttl?.enabled ? attribute(item, this.record.ttl.attribute) : undefined;
    if (!value || !('N' in value)) return undefined;
    const seconds = Math.floor(Number(value.N));
    return Number.isSafeInteger(seconds) ? seconds : undefined;
  }

  /** Items that expired by now, with their places among the expiries. */
  *expired(seconds: number): Iterable<Item> {
    for (const [[, due, ...place]] of this.#expiries.entries({ prefix: [this.record.slot] })) {
      if (Number(due) > seconds) return;
      const item = this.#items.get([this.record.slot, ...place]);
      if (item) yield item;
    }
  }

  nextExpiry(): number | undefined {
    for (const [[, due]] of this.#expiries.entries({ prefix: [this.record.slot], limit: 1 }))
      return Number(due);
    return undefined;
  }

  /** Switches expiry on by reading every item once, or off. */
  rebuildExpiries(): void {
    this.#expiries.clear([this.record.slot]);
    if (!this.record.ttl?.enabled) return;
    for (const item of this.scan()) this.#writeExpiry(undefined, item, this.place(item));
  }

  scan(): Item[] {
    return [...this.#items.values({ prefix: [this.record.slot] })];
  }

  fillIndex(index: IndexRecord): void {
    this.#counts.set(index.slot, { items: 0, bytes: 0 });
    for (const item of this.scan())
      if (hasKeysOf(index, item, this.record)) this.writeIndex(index, undefined, item);
  }

  clearSlot(slot: string): void {
    this.#items.clear([slot]);
    this.#counts.delete(slot);
  }

  clear(): void {
    this.clearSlot(this.record.slot);
    for (const index of this.record.indexes) this.clearSlot(index.slot);
    this.#expiries.clear([this.record.slot]);
  }

  counts(slot: string): Readonly<Counts> {
    let counts = this.#counts.get(slot);
    if (!counts) {
      counts = { items: 0, bytes: 0 };
      for (const item of this.#items.values({ prefix: [slot] })) {
        counts.items++;
        counts.bytes += itemSize(item);
      }
      this.#counts.set(slot, counts);
    }
    return counts;
  }

  #count(slot: string, items: number, bytes: number): void {
    const counts = this.#counts.get(slot);
    if (!counts) return;
    counts.items += items;
    counts.bytes += bytes;
  }
}

const none: ReadonlyMap<string, number> = new Map();

const samePlace = (a: readonly KeyPart[], b: readonly KeyPart[]) => a.every((part, i) => part === b[i]);

/** Backfilling leaves out items whose attributes cannot be the index's keys: of another type, empty, too long. */
const hasKeysOf = (index: IndexRecord, item: Item, { attributes }: TableRecord) =>
  [index.keys.hash, index.keys.range].every((name) => {
    const value = name === undefined ? undefined : attribute(item, name);
    if (name === undefined) return true;
    if (!value || !((attributes[name] ?? 'S') in value)) return false;
    return canBeKey(value, name === index.keys.hash);
  });
