/**
 * One queue. Where each message stands is kept in memory (lines, a heap by due time, counts) and rebuilt from
 * the store when the cloud starts; bodies stay in the store. A write is acknowledged after it is stored.
 */
import type { Timer } from '../../../core/clock.ts';
import { type NamedPolicy, parsePolicy } from '../../../iam/index.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { type Attributes, readRedrivePolicy } from './attributes.ts';
import { createCounts } from './counts.ts';
import { createDeduplication } from './deduplication.ts';
import { DueHeap } from './due-heap.ts';
import { overLimit } from './errors.ts';
import { type Entry, fifoLine, type Line, standardLine } from './line.ts';
import type { KeptMessage, Receipt } from './message.ts';
import { queueUrl } from './queue-url.ts';

export interface QueueRecord {
  readonly id: string;
  readonly name: string;
  readonly attributes: Attributes;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Stores {
  readonly queues: Collection<QueueRecord>;
  readonly messages: Collection<KeptMessage>;
  readonly receipts: Collection<Receipt>;
}

export interface Taken {
  readonly entry: Entry;
  readonly message: KeptMessage;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
const maxInFlight = 120_000;

export class Queue {
  readonly arn: string;
  readonly fifo: boolean;
  readonly counts = createCounts();
  readonly deduplication;
  record: QueueRecord;
  policy: NamedPolicy | undefined;
  redrive: ReturnType<typeof readRedrivePolicy>;
  purgedAt = Number.NEGATIVE_INFINITY;
  deleted = false;
  readonly #env: ServiceEnvironment;
  readonly #stores: Stores;
  readonly #entries = new Map<number, Entry>();
  readonly #line: Line;
  readonly #heap = new DueHeap<Entry>();
  readonly #waiters = new Set<() => void>();
  #alarm: { readonly due: number; readonly timer: Timer } | undefined;
  #lastSeq = 0;
  readonly #size = { available: 0, delayed: 0, 'in-flight': 0 };

  constructor(env: ServiceEnvironment, stores: Stores, record: QueueRecord) {
    this.#env = env;
    this.#stores = stores;
    this.record = record;
    this.fifo = record.name.endsWith('.fifo');
    this.arn = env.arn('sqs', record.name);
    this.#line = this.fifo ? fifoLine() : standardLine();
    this.deduplication = createDeduplication(env, record.id);
    this.#applyAttributes();
    const now = env.clock.now();
    for (const [[, key], message] of stores.messages.entries({ prefix: record.id })) {
      const seq = Number(key);
      this.#place(seq, message, stores.receipts.get([record.id, seq]), now);
      this.#lastSeq = seq;
    }
  }

  get url(): string {
    return queueUrl(this.#env, this.record.name);
  }

  get sizes(): Readonly<Record<'available' | 'delayed' | 'in-flight', number>> {
    this.#settle();
    return this.#size;
  }

  number(attribute: string): number {
    return Number(this.record.attributes[attribute]);
  }

  change(change: Partial<QueueRecord>): void {
    this.record = { ...this.record, ...change };
    this.#stores.queues.put(this.record.name, this.record);
    this.#applyAttributes();
  }

  #applyAttributes(): void {
    const { Policy } = this.record.attributes;
    this.policy = Policy
      ? { name: `policy of queue ${this.record.name}`, document: parsePolicy(Policy, 'resource') }
      : undefined;
    this.redrive = readRedrivePolicy(this.record.attributes);
  }

  /** Stores a message; whoever waits for one is woken. @returns its sequence number */
  add(message: KeptMessage, receipt?: Receipt): number {
    const now = this.#env.clock.now();
    // Grows over restarts too, because it starts from the clock, in microseconds.
    const seq = Math.max(this.#lastSeq + 1, now * 1000);
    this.#lastSeq = seq;
    this.#stores.messages.put([this.record.id, seq], message);
    if (receipt) this.#stores.receipts.put([this.record.id, seq], receipt);
    this.#place(seq, message, receipt, now);
    return seq;
  }

  #place(seq: number, message: KeptMessage, receipt: Receipt | undefined, now: number): void {
    const due = receipt?.due ?? message.firstDue;
    const entry: Entry = {
      seq,
      id: message.id,
      sentAt: message.sentAt,
      size: message.size,
      group: message.group,
      state: due <= now ? 'available' : receipt ? 'in-flight' : 'delayed',
      due,
      receiveCount: receipt?.receiveCount ?? 0,
      firstReceivedAt: receipt?.firstReceivedAt ?? 0,
      receivedAt: receipt?.receivedAt ?? 0,
      heldSince: 0,
      nonce: receipt?.nonce ?? '',
    };
    this.#entries.set(seq, entry);
    if (entry.state !== 'gone') this.#size[entry.state]++;
    // In flight already: at a restart.
    if (entry.state === 'in-flight') this.#line.hold(entry);
    else this.#line.add(entry);
    if (entry.state !== 'available') this.#await(entry);
    else this.#wake(1);
  }

  #await(entry: Entry): void {
    this.#heap.push(entry.due, entry);
    this.#arm();
  }

  #setState(entry: Entry, state: Entry['state']): void {
    if (entry.state !== 'gone') this.#size[entry.state]--;
    if (entry.state === 'in-flight') this.#line.releaseGroup(entry);
    entry.state = state;
    if (state !== 'gone') this.#size[state]++;
  }

  /** What fell due becomes available. */
  #settle(): void {
    const now = this.#env.clock.now();
    let woken = 0;
    for (let first = this.#heap.first; first && first.due <= now; first = this.#heap.first) {
      this.#heap.pop();
      const { due, item } = first;
      if (item.due !== due || item.state === 'available' || item.state === 'gone') continue;
      const stands = this.fifo && item.state === 'delayed';
      this.#setState(item, 'available');
      if (!stands) this.#line.add(item);
      woken++;
    }
    if (woken > 0) this.#wake(woken);
  }

  #expired(entry: Entry, now: number): boolean {
    return entry.sentAt + this.number('MessageRetentionPeriod') * 1000 <= now;
  }

  /** Drops what is older than the retention period. In-flight messages go too, as on AWS. */
  sweep(): void {
    const now = this.#env.clock.now();
    this.#settle();
    this.deduplication.sweep();
    const old = [...this.#entries.values()].filter((entry) => this.#expired(entry, now));
    if (old.length > 0) this.remove(old);
  }

  /**
   * Takes up to `max` messages; they are in flight for `visibility` seconds.
   * @param moveToDeadLetter moves a message that was received too often to the dead-letter queue, and says whether it did
   */
  take(max: number, visibility: number, moveToDeadLetter: (taken: Taken) => boolean): Taken[] {
    this.#settle();
    if (this.#size.available === 0) return [];
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html:
    // a standard queue answers OverLimit, a FIFO queue returns nothing.
    if (this.#size['in-flight'] >= maxInFlight) {
      if (this.fifo) return [];
      throw overLimit(`Too many messages in flight: ${maxInFlight}.`);
    }
    const now = this.#env.clock.now();
    const out: Taken[] = [];
    this.#env.store.transaction(() => {
      while (out.length < max) {
        const entries = this.#line.take(max - out.length);
        if (entries.length === 0) break;
        for (const entry of entries) {
          this.#setState(entry, 'in-flight');
          const message = this.#stores.messages.get([this.record.id, entry.seq]);
          if (!message || this.#expired(entry, now)) {
            this.remove([entry]);
            continue;
          }
          if (
            this.redrive &&
            entry.receiveCount >= this.redrive.maxReceiveCount &&
            moveToDeadLetter({ entry, message })
          )
            continue;
          entry.receiveCount++;
          entry.firstReceivedAt ||= now;
          entry.heldSince = this.#env.clock.wall();
          this.#hold(entry, now, now + visibility * 1000, this.#env.randomId(16));
          out.push({ entry, message });
        }
      }
    });
    return out;
  }

  #hold(entry: Entry, receivedAt: number, due: number, nonce: string): void {
    entry.receivedAt = receivedAt;
    entry.due = due;
    entry.nonce = nonce;
    const { receiveCount, firstReceivedAt } = entry;
    this.#stores.receipts.put([this.record.id, entry.seq], {
      due,
      receiveCount,
      firstReceivedAt,
      receivedAt,
      nonce,
    });
    this.#await(entry);
  }

  find(seq: number): Entry | undefined {
    this.#settle();
    return this.#entries.get(seq);
  }

  /** Of a message in flight. */
  changeVisibility(entry: Entry, seconds: number): void {
    this.#hold(entry, entry.receivedAt, this.#env.clock.now() + seconds * 1000, entry.nonce);
    this.#settle();
  }

  remove(entries: readonly Entry[]): void {
    const drop = (entry: Entry) => {
      this.#stores.messages.delete([this.record.id, entry.seq]);
      if (entry.receiveCount > 0) this.#stores.receipts.delete([this.record.id, entry.seq]);
    };
    if (entries.length === 1 && entries[0]?.receiveCount === 0) drop(entries[0]);
    else this.#env.store.transaction(() => entries.forEach(drop));
    for (const entry of entries) {
      this.#setState(entry, 'gone');
      this.#entries.delete(entry.seq);
    }
    // What stood behind them in their groups can be had now.
    if (this.fifo && this.#size.available > 0) this.#wake(this.#size.available);
  }

  purge(): void {
    this.#env.store.transaction(() => {
      this.#stores.messages.clear(this.record.id);
      this.#stores.receipts.clear(this.record.id);
      this.deduplication.clear();
    });
    for (const entry of this.#entries.values()) entry.state = 'gone';
    this.#entries.clear();
    this.#line.clear();
    this.#heap.clear();
    Object.assign(this.#size, { available: 0, delayed: 0, 'in-flight': 0 });
  }

  delete(): void {
    this.#env.store.transaction(() => {
      this.purge();
      this.#stores.queues.delete(this.record.name);
    });
    this.deleted = true;
    this.release();
  }

  /** ms since the oldest message that nobody has received was sent; 0 when there is none. */
  oldestAge(): number {
    this.#settle();
    const now = this.#env.clock.now();
    let oldest = now;
    for (const entry of this.#entries.values()) if (entry.sentAt < oldest) oldest = entry.sentAt;
    return now - oldest;
  }

  entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  read(entry: Entry): KeptMessage | undefined {
    return this.#stores.messages.get([this.record.id, entry.seq]);
  }

  /** Resolves when a message may be there, after `ms`, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiters.delete(done);
        timer.cancel();
        signal.removeEventListener('abort', done);
        if (this.#waiters.size === 0) this.#disarm();
        resolve();
      };
      const timer = this.#env.clock.after(ms, done);
      signal.addEventListener('abort', done, { once: true });
      this.#waiters.add(done);
      this.#arm();
    });
  }

  /** Whoever was woken could not take its message: the next one may. */
  passOn(): void {
    this.#wake(this.sizes.available);
  }

  #wake(count: number): void {
    for (const waiter of this.#waiters) {
      if (count-- <= 0) break;
      waiter();
    }
  }

  /** While somebody waits, a timer stands for the message that falls due first. */
  #arm(): void {
    const first = this.#heap.first;
    if (this.#waiters.size === 0 || !first || (this.#alarm && this.#alarm.due <= first.due)) return;
    this.#disarm();
    const timer = this.#env.clock.after(first.due - this.#env.clock.now(), () => {
      this.#alarm = undefined;
      this.#settle();
      this.#arm();
    });
    this.#alarm = { due: first.due, timer };
  }

  #disarm(): void {
    this.#alarm?.timer.cancel();
    this.#alarm = undefined;
  }

  /** Ends all waits: the queue is deleted, or the cloud stops. */
  release(): void {
    for (const waiter of [...this.#waiters]) waiter();
    this.#disarm();
  }
}
