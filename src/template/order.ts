/**
 * Topological order of resources, dependencies first, and the cycles that prevent one.
 */
import type { ResourceNode } from './model.ts';

interface Order {
  /** Ties keep the given order. Meaningful only when there are no cycles. */
  readonly order: readonly string[];
  /** Each as the ids in order: every one depends on the next, the last on the first. */
  readonly cycles: readonly (readonly string[])[];
}

export function order(resources: ReadonlyMap<string, Pick<ResourceNode, 'dependsOn'>>): Order {
  const done = new Set<string>();
  const open: string[] = [];
  const sorted: string[] = [];
  const cycles: string[][] = [];
  const visit = (id: string): void => {
    if (done.has(id)) return;
    const start = open.indexOf(id);
    if (start >= 0) {
      cycles.push(open.slice(start));
      return;
    }
    open.push(id);
    for (const dependency of resources.get(id)?.dependsOn ?? []) visit(dependency);
    open.pop();
    done.add(id);
    sorted.push(id);
  };
  for (const id of resources.keys()) visit(id);
  return { order: sorted, cycles };
}
