/** What a cloud writes down while it runs: events, use in billing units, actions used, and how long work took. */
import type { Clock } from '../../core/clock.ts';
import { type Host, silentHost } from '../../core/events.ts';
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
  /** Keeps each event, and tells the listener at once. */
  readonly host: Host;
  /** Writes what is left. */
  stop(): void;
}

export function openRecorders(store: Store, clock: Clock, listener: Host = silentHost): Recorders {
  const events = createEventLog(store, clock);
  const meter = createMeter(store, clock);
  const usedActions = createUsedActions(store);
  const samples = createSamples(store);
  return {
    events,
    meter,
    usedActions,
    samples,
    host: {
      notify(event) {
        events.record(event);
        listener.notify(event);
      },
    },
    stop() {
      for (const recorder of [meter, usedActions, samples, events]) recorder.stop();
    },
  };
}
