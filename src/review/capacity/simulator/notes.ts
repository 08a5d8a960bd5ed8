/** What the simulation of this model leaves out, in sentences for the report. */
import type { SimulationMode, SystemModel, SystemNode } from './model.ts';

type Note = readonly [applies: (node: SystemNode, mode: SimulationMode) => boolean, text: string];

const notes: readonly Note[] = [
  [
    (node) => node.kind === 'function' && node.keepWarm === undefined,
    'Idle function environments are kept for 420 s: assumed, AWS does not publish it.',
  ],
  [
    (node) => node.kind === 'poller',
    'Event source mappings rise evenly within a minute and fall back after a minute without messages: assumed.',
  ],
  [
    (node) => node.kind === 'workers' && node.takes.kind === 'requests',
    'Requests behind a load balancer stand in one line for all tasks, as with least outstanding requests.',
  ],
  [
    (node) =>
      (node.kind === 'workers' || node.kind === 'endpoint') &&
      (node.policies ?? []).some((policy) => policy.metric === 'cpu-utilisation'),
    'The delay from the end of a metric period to the alarm action is taken from AWS’s scaling benchmark of June 2026.',
  ],
  [(node) => node.kind === 'queue', 'Empty receives of a queue are not simulated.'],
  [
    (node, mode) => mode === 'flow' && (node.kind === 'workers' || node.kind === 'endpoint'),
    'In flow mode work cut short by scale-in or interruption is not repeated.',
  ],
  [
    (node, mode) => mode === 'flow' && node.kind === 'workers' && node.takesWhenFree !== undefined,
    'In flow mode a worker takes a message as soon as one slot is free.',
  ],
  [
    (_node, mode) => mode === 'flow',
    'In flow mode an outcome rarer than one in 200,000 shows in the totals of nodes but may be missing from those of entries.',
  ],
  [
    (node, mode) => mode === 'flow' && node.kind === 'poller',
    'In flow mode throttled batches of an event source mapping are an estimate, and so are the dead letters they lead to: a shorter run in exact mode is more precise.',
  ],
  [
    (node, mode) => mode === 'flow' && node.kind === 'database' && node.connectionsPerClient !== undefined,
    'In flow mode queries do not wait for a connection of their client’s own pool.',
  ],
];

export function notesOf(model: SystemModel, mode: SimulationMode): string[] {
  return notes.flatMap(([applies, text]) => (model.nodes.some((node) => applies(node, mode)) ? [text] : []));
}
