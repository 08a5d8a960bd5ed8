/**
 * The streams of tables: each change of an item, in order, kept for a day with the write that made it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 *
 * DynamoDB writes them, and the API of streams, which is one of its own, reads them. A stream has one shard here, as
 * that of a small table has on AWS; it is closed when the stream is switched off.
 */
import type { StreamViewType } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../core/clock.ts';
import type { Collection, Store } from '../store/store.ts';
import { type Attributes, packed, unpacked } from './packed-items.ts';

export interface StreamRecord {
  readonly arn: string;
  /** When it was made, as AWS writes it: `2026-12-01T09:30:00.000`. */
  readonly label: string;
  readonly table: string;
  readonly view: StreamViewType;
  readonly keys: { readonly hash: string; readonly range?: string };
  readonly shardId: string;
  /** ms since the epoch */
  readonly createdAt: number;
  /** Switched off, or its table deleted. */
  readonly endedAt?: number;
}

export interface Change {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** ms since the epoch */
  readonly at: number;
  readonly keys: Attributes;
  readonly old?: Attributes;
  readonly next?: Attributes;
  /** Bytes of the three. */
  readonly size: number;
  /** By the time to live. */
  readonly expired?: true;
}

export interface NumberedChange extends Change {
  readonly sequence: number;
}

const day = 86_400_000;
/** Changes that one look forgets at most, so that nobody waits for it. */
const forgottenAtOnce = 10_000;

export interface StreamLog {
  /** By ARN. */
  readonly streams: Collection<StreamRecord>;
  /** Within the transaction of the write. */
  append(arn: string, change: Change): void;
  /** Changes after a sequence number, oldest first, that are not a day old. */
  after(arn: string, sequence: number, limit: number): NumberedChange[];
  /** The number of the last change; 0 when there is none. */
  last(arn: string): number;
  /** Forgets what is a day old, and streams that ended then. */
  trim(): void;
}

export function openStreamLog(store: Store, clock: Clock): StreamLog {
  const streams: Collection<StreamRecord> = store.collection('dynamodb.streams');
  const changes: Collection<Change> = store.collection('dynamodb.changes');
  /** Of the streams that are written here. */
  const numbers = new Map<string, number>();

  const last = (arn: string): number => {
    const known = numbers.get(arn);
    if (known !== undefined) return known;
    for (const [[, sequence]] of changes.entries({ prefix: [arn], reverse: true, limit: 1 }))
      return Number(sequence);
    return 0;
  };

  return {
    streams,
    last,
    append(arn, change) {
      // Of time, so that they grow over restarts as well, whatever was forgotten meanwhile.
      const sequence = Math.max(last(arn) + 1, Math.floor(change.at) * 1000);
      numbers.set(arn, sequence);
      const { old, next, keys } = change;
      changes.put([arn, sequence], {
        ...change,
        keys: packed(keys),
        ...(old ? { old: packed(old) } : {}),
        ...(next ? { next: packed(next) } : {}),
      });
    },
    after(arn, sequence, limit) {
      const from = clock.now() - day;
      const found: NumberedChange[] = [];
      for (const [[, number], change] of changes.entries({ prefix: [arn], after: [sequence] })) {
        if (change.at < from) continue;
        const { old, next, keys } = change;
        found.push({
          ...change,
          sequence: Number(number),
          keys: unpacked(keys),
          ...(old ? { old: unpacked(old) } : {}),
          ...(next ? { next: unpacked(next) } : {}),
        });
        if (found.length >= limit) break;
      }
      return found;
    },
    trim() {
      const from = clock.now() - day;
      for (const { arn, endedAt } of [...streams.values()]) {
        for (const [key, { at }] of [...changes.entries({ prefix: [arn], limit: forgottenAtOnce })]) {
          if (at >= from) break;
          changes.delete([...key]);
        }
        if (endedAt !== undefined && endedAt < from) {
          changes.clear([arn]);
          streams.delete(arn);
          numbers.delete(arn);
        }
      }
    },
  };
}
