/**
 * Calls that lead back to where they came from would run for ever. A call taken from a permission that closes such a
 * loop is left out and listed: permissions say what may be, and loops are rarely meant.
 */
import type { Call, SystemNode } from '../simulator/model.ts';
import { type Draft, unclear } from './context.ts';

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
  const own = callsIn(node).map(({ to }) => to);
  if (node?.kind !== 'queue') return own;
  return [...draft.built.values()].flatMap((other) =>
    other.node.kind === 'poller' && other.node.queue === id
      ? [other.node.function]
      : other.node.kind === 'workers' && other.node.takes.kind === 'messages' && other.node.takes.queue === id
        ? [other.node.id]
        : [],
  );
}

const callsIn = (node: SystemNode | undefined): readonly Call[] =>
  node?.kind === 'api'
    ? node.routes.flatMap(({ calls }) => calls)
    : node?.kind === 'function' || node?.kind === 'workers'
      ? (node.calls ?? [])
      : [];

/** The edge itself when it is a call, else the call that put the message there: whatever closes the loop. */
function remove(draft: Draft, from: string, to: string): void {
  const holder = draft.built.get(from);
  if (holder === undefined) return;
  const { node } = holder;
  if (node.kind === 'queue') {
    // The loop closes at the consumer: the consumer's own path back is cut at the callers of the queue instead.
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
    'it may, but that would be a loop without end; the call is left out. State calls under load.work',
  );
}

function reaches(draft: Draft, from: string, to: string, seen: Set<string>): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return next(draft, from).some((id) => reaches(draft, id, to, seen));
}
