/** How the nodes of a model lead to each other: by calls, and from a queue to what takes its messages. */
import type { Call, SystemNode } from '../simulator/model.ts';

/** @param route of an API; absent: all of its routes */
export const callsIn = (node: SystemNode | undefined, route?: string): readonly Call[] =>
  node?.kind === 'api'
    ? node.routes.filter(({ name }) => route === undefined || name === route).flatMap(({ calls }) => calls)
    : node?.kind === 'function' || node?.kind === 'workers'
      ? (node.calls ?? [])
      : [];

/** The functions and workers that get the messages of a queue. */
export const receiversIn = (nodes: Iterable<SystemNode>, queue: string): readonly string[] =>
  [...nodes].flatMap((node) =>
    node.kind === 'poller' && node.queue === queue
      ? [node.function]
      : node.kind === 'workers' && node.takes.kind === 'messages' && node.takes.queue === queue
        ? [node.id]
        : [],
  );
