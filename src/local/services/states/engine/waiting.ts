/** Tasks that wait for their token, and workers that wait for tasks of an activity. */
import type { Waiting } from './context.ts';

export interface WaitingRoom extends Waiting {
  wake(token: string): void;
  /** The next task of an activity; undefined when the signal aborted or nothing came in time. */
  next(activity: string, ms: number, signal: AbortSignal): Promise<string | undefined>;
}

interface RoomContext {
  /** Tasks that were there before the cloud stopped, in no order. */
  waiting(activity: string): readonly string[];
  after(ms: number, task: () => void): { cancel(): void };
}

export function createWaitingRoom(context: RoomContext): WaitingRoom {
  const listeners = new Map<string, () => void>();
  const offered = new Map<string, Set<string>>();
  const workers = new Map<string, ((token: string) => void)[]>();

  const tasks = (activity: string): Set<string> => {
    let found = offered.get(activity);
    if (!found) {
      found = new Set(context.waiting(activity));
      offered.set(activity, found);
    }
    return found;
  };

  return {
    listen: (token, wake) => void listeners.set(token, wake),
    forget(token) {
      listeners.delete(token);
      for (const all of offered.values()) all.delete(token);
    },
    wake: (token) => listeners.get(token)?.(),
    offer(activity, token) {
      const worker = workers.get(activity)?.shift();
      if (worker) worker(token);
      else tasks(activity).add(token);
    },
    next(activity, ms, signal) {
      const all = tasks(activity);
      const [first] = all;
      if (first !== undefined) {
        all.delete(first);
        return Promise.resolve(first);
      }
      return new Promise((resolve) => {
        const queue = workers.get(activity) ?? [];
        workers.set(activity, queue);
        const leave = (token?: string) => {
          timer.cancel();
          signal.removeEventListener('abort', gone);
          const at = queue.indexOf(take);
          if (at >= 0) queue.splice(at, 1);
          resolve(token);
        };
        const take = (token: string) => leave(token);
        const gone = () => leave();
        const timer = context.after(ms, gone);
        signal.addEventListener('abort', gone, { once: true });
        queue.push(take);
      });
    },
  };
}
