/** The events in a state folder on which no cloud runs. */
import { createClock } from '../core/clock.ts';
import { openState } from './cloud/state.ts';
import { createEventLog, type EventPage, type EventQuery } from './event-log.ts';

interface KeptEvents {
  /** What the cloud's clock would show. */
  readonly now: number;
  read(query: EventQuery): EventPage;
  close(): Promise<void>;
}

/** @throws SlipwayError local.state-in-use when a cloud runs there */
export async function openKeptEvents(stateDirectory: string): Promise<KeptEvents> {
  const state = await openState(stateDirectory, undefined);
  const clock = createClock({ offset: state.kept?.clockOffset ?? 0 });
  const { read } = createEventLog(state.store, clock);
  return { now: clock.now(), read, close: () => state.close() };
}
