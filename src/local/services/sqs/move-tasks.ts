/**
 * Moves messages out of a dead-letter queue, as new messages, at up to 500 a second of the clock.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn?: string;
  readonly perSecond?: number;
  readonly startedAt: number;
  readonly toMove: number;
  readonly moved: number;
  readonly status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  readonly failure?: string;
}

export interface MoveTasks {
  start(source: Queue, destinationArn: string | undefined, perSecond: number | undefined): MoveTask;
  /** The latest first. */
  of(sourceArn: string): readonly MoveTask[];
  find(handle: string): MoveTask | undefined;
  cancel(task: MoveTask): void;
  /** Takes running tasks up again after a restart. */
  resume(): void;
  stop(): void;
}

export function createMoveTasks(env: ServiceEnvironment, queues: Queues): MoveTasks {
  const kept = env.store.collection<MoveTask>('sqs.move-tasks');
  const of = (sourceArn: string) =>
    [...kept.values()]
      .filter((task) => task.sourceArn === sourceArn)
      .sort((a, b) => b.startedAt - a.startedAt);

  let stopped = false;
  const step = (handle: string): void => {
    if (stopped) return;
    const task = kept.get(handle);
    if (task?.status !== 'RUNNING') return;
    const source = queues.byArn(task.sourceArn);
    if (!source) {
      kept.put(handle, {
        ...task,
        status: 'FAILED',
        failure: 'AWS.SimpleQueueService.NonExistentQueue',
      });
      return;
    }
    let { moved } = task;
    let failure: string | undefined;
    const done = env.store.transaction(() => {
      const batch = source.take(task.perSecond ?? 500, 60, () => false);
      for (const one of batch) {
        const arn = task.destinationArn ?? one.message.deadLetterSource;
        const target = arn === undefined ? undefined : queues.byArn(arn);
        if (!target) {
          failure = 'CouldNotDetermineMessageSource';
          source.changeVisibility(one.entry, 0);
          continue;
        }
        const { deadLetterSource: _, ...message } = one.message;
        const now = env.clock.now();
        target.add({ ...message, id: env.uuid(), sentAt: now, firstDue: now });
        source.remove([one.entry]);
        moved++;
      }
      const finished = batch.length === 0 || failure !== undefined || source.sizes.available === 0;
      kept.put(handle, {
        ...task,
        moved,
        status: failure ? 'FAILED' : finished ? 'COMPLETED' : 'RUNNING',
        ...(failure ? { failure } : {}),
      });
      return finished;
    });
    if (!done) env.clock.after(1000, () => step(handle));
  };

  return {
    of,
    find: (handle) => kept.get(handle),
    start(source, destinationArn, perSecond) {
      if (of(source.arn).some((task) => task.status === 'RUNNING'))
        throw new AwsError(
          'UnsupportedOperation',
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      const task: MoveTask = {
        handle: Buffer.from(`${env.randomId(24)} ${source.arn}`).toString('base64url'),
        sourceArn: source.arn,
        startedAt: env.clock.now(),
        toMove: source.sizes.available,
        moved: 0,
        status: 'RUNNING',
        ...(destinationArn ? { destinationArn } : {}),
        ...(perSecond ? { perSecond } : {}),
      };
      kept.put(task.handle, task);
      env.clock.after(0, () => step(task.handle));
      return task;
    },
    cancel(task) {
      kept.put(task.handle, { ...task, status: 'CANCELLED' });
    },
    stop() {
      stopped = true;
    },
    resume() {
      for (const task of kept.values()) if (task.status === 'RUNNING') step(task.handle);
    },
  };
}
