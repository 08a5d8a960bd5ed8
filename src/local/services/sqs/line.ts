/**
 * Which message comes next. A standard queue is one line; a FIFO queue has one line per message group, and a
 * group with a message in flight is held back.
 */

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
  return {
    add(entry) {
      if (entry.state === 'available') items.push(entry);
    },
    take(max) {
      const out: Entry[] = [];
      while (out.length < max) {
        const entry = items[head];
        if (!entry) break;
        head++;
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
    },
  };
}

interface Group {
  /** By sequence number. */
  readonly waiting: Entry[];
  inFlight: number;
}

export function fifoLine(): Line {
  const groups = new Map<string, Group>();
  const nameOf = (entry: Entry) => entry.group ?? '';
  const groupOf = (entry: Entry): Group => {
    const name = nameOf(entry);
    let group = groups.get(name);
    if (!group) {
      group = { waiting: [], inFlight: 0 };
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
        if (group.inFlight > 0) continue;
        const before = out.length;
        while (out.length < max) {
          const entry = group.waiting[0];
          if (!entry || entry.state === 'delayed') break;
          group.waiting.shift();
          if (entry.state === 'available') out.push(entry);
        }
        const taken = out.length - before;
        group.inFlight += taken;
        if (taken > 0) served.push([name, group]);
        else if (group.waiting.length === 0) groups.delete(name);
      }
      // The groups that were served go behind the others.
      for (const [name, group] of served) {
        groups.delete(name);
        groups.set(name, group);
      }
      return out;
    },
    hold(entry) {
      groupOf(entry).inFlight++;
    },
    releaseGroup(entry) {
      const group = groups.get(nameOf(entry));
      if (!group) return;
      group.inFlight = Math.max(0, group.inFlight - 1);
      if (group.inFlight === 0 && group.waiting.length === 0) groups.delete(nameOf(entry));
    },
    clear() {
      groups.clear();
    },
  };
}
