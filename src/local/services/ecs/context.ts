import type { Scheduler } from './run/scheduler.ts';
import type { TaskRunner } from './run/tasks.ts';
import type { EcsStore } from './store.ts';

export interface EcsContext extends EcsStore {
  readonly runner: TaskRunner;
  readonly scheduler: Scheduler;
}
