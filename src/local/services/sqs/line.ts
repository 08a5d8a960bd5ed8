/**
 * Which message comes next. A standard queue is one line, in the order of sending; a FIFO queue has one line per
 * message group, and a message waits while an earlier one of its group is in flight.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
import { DueHeap } from './due-heap.ts';

export interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly sentAt: number;
  readonly size: number;
  readonly group: string | undefined;
  state: 'available' | 'delayed' | 'in-flight' | 'gone';
  due: number;
  receiveCount: number;
  firstReceivedAt: number;
  receivedAt: number;
  /** Real time of the receive, for how long its work took; 0 when that was before this start of the cloud. */
  heldSince: number;
  nonce: string;
}

export interface Line {
  /** A message became available, or is delayed (FIFO keeps its place). */
  add(entry: Entry): void;
  /** Takes available messages in order; they are in flight from now on. */
  take(max: number): Entry[];
  /** A message is in flight although it was not taken here: the cloud was started again. */
  hold(entry: Entry): void;
  /** A message that was in flight was deleted, or comes back by `add`. */
  releaseGroup(entry: Entry): void;
  clear(): void;
}

export function standardLine(): Line {
  let items: Entry[] = [];
  let head = 0;
  /** Those that came back or were delayed, by sequence number. */
  const late = new DueHeap<Entry>();
  const next = (): Entry | undefined => {
    const entry = items[head];
    const first = late.first;
    if (first && (!entry || first.due < entry.seq)) return late.pop()?.item;
    if (entry) head++;
    return entry;
  };
  return {
    add(entry) {
      if (entry.state !== 'available') return;
      if ((items.at(-1)?.seq ?? 0) < entry.seq) items.push(entry);
      else late.push(entry.seq, entry);
    },
    take(max) {
      const out: Entry[] = [];
      while (out.length < max) {
        const entry = next();
        if (!entry) break;
        if (entry.state === 'available') out.push(entry);
      }
      if (head > 1024 && head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return out;
    },
    hold() {},
    releaseGroup() {},
    clear() {
      items = [];
      head = 0;
      late.clear();
    },
  };
}

interface Group {
  /** By sequence number. */
  readonly waiting: Entry[];
  /** Sequence numbers. */
  readonly inFlight: Set<number>;
}

export function fifoLine(): Line {
  const groups = new Map<string, Group>();
  const nameOf = (entry: Entry) => entry.group ?? '';
  const groupOf = (entry: Entry): Group => {
    const name = nameOf(entry);
    let group = groups.get(name);
    if (!group) {
      group = { waiting: [], inFlight: new Set() };
      groups.set(name, group);
    }
    return group;
  };
  return {
    add(entry) {
      const { waiting } = groupOf(entry);
      let at = waiting.length;
      while (at > 0 && (waiting[at - 1]?.seq ?? 0) > entry.seq) at--;
      waiting.splice(at, 0, entry);
    },
    take(max) {
      const out: Entry[] = [];
      const served: [string, Group][] = [];
      for (const [name, group] of groups) {
        if (out.length >= max) break;
        const firstInFlight = Math.min(...group.inFlight);
        const before = out.length;
        while (out.length < max) {
          const entry = group.waiting[0];
          if (!entry || entry.seq > firstInFlight || entry.state === 'delayed') break;
          group.waiting.shift();
          if (entry.state === 'available') out.push(entry);
        }
        const taken = out.slice(before);
        for (const { seq } of taken) group.inFlight.add(seq);
        if (taken.length > 0) served.push([name, group]);
        else if (group.waiting.length === 0 && group.inFlight.size === 0) groups.delete(name);
      }
      // The groups that were served go behind the others.
      for (const [name, group] of served) {
        groups.delete(name);
        groups.set(name, group);
      }
      return out;
    },
    hold(entry) {
      groupOf(entry).inFlight.add(entry.seq);
    },
    releaseGroup(entry) {
      const group = groups.get(nameOf(entry));
      if (!group) return;
      group.inFlight.delete(entry.seq);
      if (group.inFlight.size === 0 && group.waiting.length === 0) groups.delete(nameOf(entry));
    },
    clear() {
      groups.clear();
    },
  };
}
