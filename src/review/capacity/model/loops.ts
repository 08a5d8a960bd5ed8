/**
 * Calls that lead back to where they came from would run for ever. A call taken from a permission that closes such a
 * loop is left out and listed: permissions say what may be, and loops are rarely meant.
 */
import { type Draft, unclear } from './context.ts';
import { callsIn, receiversIn } from './graph.ts';

export function cutLoops(draft: Draft): void {
  const state = new Map<string, 'open' | 'done'>();
  const cut = new Set<string>();
  const visit = (id: string): void => {
    state.set(id, 'open');
    for (const to of next(draft, id)) {
      if (cut.has(`${id} ${to}`)) continue;
      const seen = state.get(to);
      if (seen === 'open') cut.add(`${id} ${to}`);
      else if (seen === undefined) visit(to);
    }
    state.set(id, 'done');
  };
  for (const id of draft.built.keys()) if (state.get(id) === undefined) visit(id);
  for (const pair of cut) {
    const [from = '', to = ''] = pair.split(' ');
    remove(draft, from, to);
  }
}

function next(draft: Draft, id: string): readonly string[] {
  const node = draft.built.get(id)?.node;
  if (node?.kind !== 'queue') return callsIn(node).map(({ to }) => to);
  return receiversIn(
    [...draft.built.values()].map((built) => built.node),
    id,
  );
}

/** Removes the call that closes the loop; from a queue to its consumer, the calls that send to the queue. */
function remove(draft: Draft, from: string, to: string): void {
  const holder = draft.built.get(from);
  if (holder === undefined) return;
  const { node } = holder;
  if (node.kind === 'queue') {
    for (const [id, built] of draft.built)
      if (callsIn(built.node).some((call) => call.to === from) && reaches(draft, to, id, new Set()))
        remove(draft, id, from);
    return;
  }
  if (node.kind !== 'function' && node.kind !== 'workers') return;
  const calls = (node.calls ?? []).filter((call) => call.to !== to);
  draft.built.set(from, { ...holder, node: { ...node, calls } });
  draft.links.delete(`${from} ${to} send`);
  draft.links.delete(`${from} ${to} wait`);
  unclear(
    draft,
    holder.resource,
    `whether it calls ${to}`,
    'it may, but the call would lead back to itself without end, so it is left out; state calls under load.work',
  );
}

function reaches(draft: Draft, from: string, to: string, seen: Set<string>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return next(draft, from).some((id) => reaches(draft, id, to, seen));
}
