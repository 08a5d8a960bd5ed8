/**
 * What an execution has done, written in steps that hold together: events of the history and where its threads are.
 * Nothing that others can see happens between two writes: whatever a thread did since the last one is done again, alike,
 * after a crash. Express executions keep nothing; their events go to the log alone.
 */
import type { HistoryEventType } from '@aws-sdk/client-sfn';
import type { EventRecord, Frame, StatesRecords } from '../records.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const mostEvents = 25_000;

export class HistoryFull extends Error {}

export type EventDetails = Omit<Partial<EventRecord>, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

export interface Journal {
  /** @param previous the event before it in its thread */
  append(type: HistoryEventType, previous: number, details?: EventDetails): number;
  save(frame: Frame): void;
  /** Forgets the threads below one. */
  dropBelow(frame: Frame): void;
  /** Does what `also` does in the same write. */
  flush(also?: () => void): void;
  readonly lastId: number;
}

interface Place {
  readonly group: string;
  readonly name: string;
}

interface JournalContext {
  readonly records: StatesRecords;
  transaction(work: () => void): void;
  now(): number;
  /** Told of every event, in order, when it is written. */
  written(event: EventRecord): void;
}

export function createJournal(
  { records, transaction, now, written }: JournalContext,
  { group, name }: Place,
  durable: boolean,
  lastId: number,
): Journal {
  let id = lastId;
  let events: EventRecord[] = [];
  const changed = new Map<string, Frame>();
  let dropped: string[] = [];
  return {
    get lastId() {
      return id;
    },
    append(type, previousEventId, details = {}) {
      // Room for the event that says how the execution ended.
      if (durable && id >= mostEvents - 1 && !type.startsWith('Execution')) throw new HistoryFull();
      id++;
      events.push({ id, previousEventId, timestamp: now(), type, ...details });
      return id;
    },
    save: (frame) => void changed.set(frame.id, frame),
    dropBelow(frame) {
      const below = `${frame.id}.`;
      for (const one of changed.keys()) if (one.startsWith(below)) changed.delete(one);
      dropped.push(frame.id);
    },
    flush(also) {
      const [made, gone] = [events, dropped];
      events = [];
      dropped = [];
      if (durable)
        transaction(() => {
          for (const one of gone)
            for (const [key] of [...records.frames.entries({ prefix: [group, name] })])
              if (String(key[2]).startsWith(`${one}.`)) records.frames.delete([...key]);
          for (const event of made) records.history.put([group, name, event.id], event);
          for (const frame of changed.values()) records.frames.put([group, name, frame.id], frame);
          also?.();
        });
      else also?.();
      changed.clear();
      for (const event of made) written(event);
    },
  };
}
