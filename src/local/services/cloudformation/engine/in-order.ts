/** Runs work on a graph in parallel: each item once all that it waits for are done. */

/** Resources under way at once. */
export const parallel = 16;

interface InOrder<T> {
  readonly ids: readonly string[];
  /** What an item waits for; names that are not among `ids` count as done. */
  waitsFor(id: string): Iterable<string>;
  work(id: string): Promise<T>;
  /** At most this many at a time. */
  readonly limit: number;
  /** Asked before each start: no more is started once it is true. */
  stopped(failures: ReadonlyMap<string, unknown>): boolean;
}

/** @returns what failed, by id. Items that wait for a failed one are never started. */
export function inOrder<T>(options: InOrder<T>): Promise<ReadonlyMap<string, unknown>> {
  const { ids, work, limit, stopped } = options;
  const known = new Set(ids);
  const blockers = new Map<string, Set<string>>();
  const waiters = new Map<string, string[]>();
  for (const id of ids) {
    const open = new Set([...options.waitsFor(id)].filter((one) => one !== id && known.has(one)));
    blockers.set(id, open);
    for (const one of open) waiters.set(one, [...(waiters.get(one) ?? []), id]);
  }
  const ready = ids.filter((id) => blockers.get(id)?.size === 0);
  const failures = new Map<string, unknown>();
  let running = 0;

  return new Promise((resolve) => {
    const next = (): void => {
      while (ready.length > 0 && running < limit && !stopped(failures)) {
        const id = ready.shift();
        if (id === undefined) break;
        running++;
        work(id).then(
          () => finished(id),
          (error: unknown) => {
            failures.set(id, error);
            finished(id);
          },
        );
      }
      if (running === 0) resolve(failures);
    };
    const finished = (id: string): void => {
      running--;
      if (!failures.has(id))
        for (const waiter of waiters.get(id) ?? []) {
          const open = blockers.get(waiter);
          open?.delete(id);
          if (open?.size === 0) ready.push(waiter);
        }
      next();
    };
    next();
  });
}
