/** What a cloud writes down while it runs: events, use in billing units, actions used, and how long work took. */
import type { Clock } from '../../core/clock.ts';
import { type EventData, type Host, silentHost } from '../../core/events.ts';
import type { Scope } from '../../core/regions.ts';
import { reportBug } from '../../core/report-bug.ts';
import { createMeter, type Meter } from '../edge/meter.ts';
import { createSamples, type Samples } from '../edge/samples.ts';
import { createUsedActions, type UsedActions } from '../edge/used-actions.ts';
import { createEventLog, type EventLog } from '../event-log.ts';
import type { Store } from '../store/store.ts';

export interface Recorders {
  readonly events: EventLog;
  readonly meter: Meter;
  readonly usedActions: UsedActions;
  readonly samples: Samples;
  /** Keeps each event, and tells the listener at once. Never throws. */
  readonly host: Host;
  /** What failed in Slipway itself since the cloud started. */
  failures(): Failures;
  /** Writes what is left. */
  stop(): void;
}

export interface Failures {
  readonly count: number;
  readonly last?: EventData['slipway.failed'] & {
    /** On the cloud's clock, ms since the epoch. */
    readonly time: number;
  };
}

export function openRecorders(
  store: Store,
  clock: Clock,
  home: Scope,
  listener: Host = silentHost,
): Recorders {
  const events = createEventLog(store, clock.ownedBy('event log'));
  const meter = createMeter(store, clock.ownedBy('meter'), home);
  const usedActions = createUsedActions(store, clock.ownedBy('used actions'));
  const samples = createSamples(store, clock.ownedBy('work samples'));
  let failures: Failures = { count: 0 };
  const host: Host = {
    notify(event) {
      if (event.name === 'slipway.failed')
        failures = { count: failures.count + 1, last: { ...event.data, time: clock.now() } };
      events.record(event);
      try {
        listener.notify(event);
      } catch (error) {
        // The listener's own bug is its owner's to see, and not of the work that told it.
        queueMicrotask(() => {
          throw error;
        });
      }
    },
  };
  return {
    events,
    meter,
    usedActions,
    samples,
    host,
    failures: () => failures,
    stop() {
      for (const recorder of [meter, usedActions, samples])
        try {
          recorder.stop();
        } catch (error) {
          // A full disk costs the last second of a count; the stop goes on.
          reportBug(host, 'write the last counts', error);
        }
      events.stop();
    },
  };
}
