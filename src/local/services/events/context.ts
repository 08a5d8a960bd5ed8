import type { Dispatcher } from './dispatch.ts';
import type { EventsStore } from './store.ts';

export interface EventsContext extends EventsStore {
  readonly dispatcher: Dispatcher;
}
