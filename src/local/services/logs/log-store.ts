/**
 * Log groups, streams and events. Groups and streams are held in memory as well; events only in the store, by
 * stream, time and order of arrival.
 */
import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import type { ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';

interface GroupRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly retentionInDays?: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly kmsKeyId?: string;
  readonly logGroupClass: LogGroupClass;
  readonly deletionProtection?: boolean;
}

export interface StreamRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestedAt?: number;
  readonly bytes: number;
}

interface KeptTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  readonly metricValue: string;
  readonly defaultValue?: number;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly unit?: string;
}

export interface KeptFilter {
  readonly name: string;
  readonly pattern: string;
  readonly transformations: readonly KeptTransformation[];
  readonly createdAt: number;
}

export interface KeptSubscription {
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
  readonly createdAt: number;
}

export interface Group {
  record: GroupRecord;
  readonly streams: Map<string, StreamRecord>;
  readonly filters: Map<string, KeptFilter>;
  readonly subscriptions: Map<string, KeptSubscription>;
}

const newGroup = (record: GroupRecord): Group => ({
  record,
  streams: new Map(),
  filters: new Map(),
  subscriptions: new Map(),
});

export interface LogEvent {
  readonly stream: string;
  readonly timestamp: number;
  /** Order of arrival; unique. */
  readonly seq: number;
  readonly message: string;
  readonly ingestedAt: number;
}

/** Between two events: after the one at (timestamp, seq). */
export interface Position {
  readonly timestamp: number;
  readonly seq: number;
}

/** 56 digits, in order of time, as AWS's are. */
export const eventId = ({ timestamp, seq }: Position): string =>
  `${timestamp}${String(seq).padStart(20, '0')}`.padStart(56, '3');

/** AWS counts 26 bytes for each event beyond its text. */
export const eventBytes = (message: string): number => Buffer.byteLength(message) + 26;

export const compare = (a: Position, b: Position): number => a.timestamp - b.timestamp || a.seq - b.seq;

type KeptEvent = readonly [message: string, ingestedAt: number];

export class LogStore {
  readonly groups = new Map<string, Group>();
  readonly #env: ServiceEnvironment;
  readonly #groups: Collection<GroupRecord>;
  readonly #streams: Collection<StreamRecord>;
  readonly #events: Collection<KeptEvent>;
  readonly #filters: Collection<KeptFilter>;
  readonly #subscriptions: Collection<KeptSubscription>;
  #lastSeq = 0;

  constructor(env: ServiceEnvironment) {
    this.#env = env;
    this.#groups = env.store.collection('logs.groups');
    this.#streams = env.store.collection('logs.streams');
    this.#events = env.store.collection('logs.events');
    this.#filters = env.store.collection('logs.metric-filters');
    this.#subscriptions = env.store.collection('logs.subscription-filters');
    for (const record of this.#groups.values()) this.groups.set(record.name, newGroup(record));
    for (const [[group], record] of this.#streams.entries())
      this.groups.get(String(group))?.streams.set(record.name, record);
    for (const [[group], filter] of this.#filters.entries())
      this.groups.get(String(group))?.filters.set(filter.name, filter);
    for (const [[group], subscription] of this.#subscriptions.entries())
      this.groups.get(String(group))?.subscriptions.set(subscription.name, subscription);
  }

  putGroup(record: GroupRecord): void {
    this.#groups.put(record.name, record);
    const group = this.groups.get(record.name);
    if (group) group.record = record;
    else this.groups.set(record.name, newGroup(record));
  }

  deleteGroup(group: Group): void {
    const { name } = group.record;
    this.#env.store.transaction(() => {
      for (const stream of group.streams.values()) this.#events.clear(stream.id);
      this.#streams.clear(name);
      this.#filters.clear(name);
      this.#subscriptions.clear(name);
      this.#groups.delete(name);
    });
    this.groups.delete(name);
  }

  createStream(group: Group, name: string): void {
    const stream = { id: this.#env.randomId(16), name, createdAt: this.#env.clock.now(), bytes: 0 };
    this.#putStream(group, stream);
  }

  #putStream(group: Group, stream: StreamRecord): void {
    this.#streams.put([group.record.name, stream.name], stream);
    group.streams.set(stream.name, stream);
  }

  deleteStream(group: Group, stream: StreamRecord): void {
    this.#env.store.transaction(() => {
      this.#events.clear(stream.id);
      this.#streams.delete([group.record.name, stream.name]);
    });
    group.streams.delete(stream.name);
  }

  putFilter(group: Group, filter: KeptFilter): void {
    this.#filters.put([group.record.name, filter.name], filter);
    group.filters.set(filter.name, filter);
  }

  deleteFilter(group: Group, name: string): void {
    this.#filters.delete([group.record.name, name]);
    group.filters.delete(name);
  }

  putSubscription(group: Group, subscription: KeptSubscription): void {
    this.#subscriptions.put([group.record.name, subscription.name], subscription);
    group.subscriptions.set(subscription.name, subscription);
  }

  deleteSubscription(group: Group, name: string): void {
    this.#subscriptions.delete([group.record.name, name]);
    group.subscriptions.delete(name);
  }

  /** @returns the events as they are kept */
  append(
    group: Group,
    stream: StreamRecord,
    events: readonly { readonly timestamp: number; readonly message: string }[],
  ): LogEvent[] {
    const ingestedAt = this.#env.clock.now();
    const kept: LogEvent[] = [];
    let bytes = 0;
    let first = stream.firstEventAt ?? Number.POSITIVE_INFINITY;
    let last = stream.lastEventAt ?? 0;
    this.#env.store.transaction(() => {
      for (const { timestamp, message } of events) {
        this.#lastSeq = Math.max(this.#lastSeq + 1, ingestedAt * 1000);
        const seq = this.#lastSeq;
        this.#events.put([stream.id, timestamp, seq], [message, ingestedAt]);
        kept.push({ stream: stream.name, timestamp, seq, message, ingestedAt });
        bytes += eventBytes(message);
        first = Math.min(first, timestamp);
        last = Math.max(last, timestamp);
      }
      this.#putStream(group, {
        ...stream,
        bytes: stream.bytes + bytes,
        firstEventAt: first,
        lastEventAt: last,
        lastIngestedAt: ingestedAt,
      });
    });
    return kept;
  }

  /** Events of one stream in order, after (or, in reverse, before) the position. */
  *events(
    stream: StreamRecord,
    range: { after?: Position; before?: Position; from?: number; reverse?: boolean },
  ): Iterable<LogEvent> {
    const { after, before, from, reverse } = range;
    const entries = this.#events.entries({
      prefix: stream.id,
      ...(reverse
        ? { reverse: true, ...(before ? { after: [before.timestamp, before.seq] } : {}) }
        : after
          ? { after: [after.timestamp, after.seq] }
          : from === undefined
            ? {}
            : { from: [from] }),
    });
    for (const [[, timestamp, seq], [message, ingestedAt]] of entries)
      yield { stream: stream.name, timestamp: Number(timestamp), seq: Number(seq), message, ingestedAt };
  }

  /** Drops events that came in before `cutoff`. The time of arrival counts, which is the cloud's own clock. */
  expire(group: Group, cutoff: number): void {
    for (const stream of [...group.streams.values()]) {
      if (stream.bytes === 0) continue;
      const old: LogEvent[] = [];
      let first: number | undefined;
      for (const event of this.events(stream, {}))
        if (event.ingestedAt < cutoff) old.push(event);
        else first ??= event.timestamp;
      if (old.length === 0) continue;
      this.#env.store.transaction(() => {
        for (const { timestamp, seq } of old) this.#events.delete([stream.id, timestamp, seq]);
        const { firstEventAt: _, ...rest } = stream;
        this.#putStream(group, {
          ...rest,
          bytes: stream.bytes - old.reduce((sum, { message }) => sum + eventBytes(message), 0),
          ...(first === undefined ? {} : { firstEventAt: first }),
        });
      });
    }
  }
}
