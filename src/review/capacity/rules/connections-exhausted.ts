/** The highest number of clients, times the connections of each, against what the database allows. */
import type { Rule } from '../../finding.ts';
import type { SystemNode } from '../simulator/model.ts';
import { num } from '../simulator/quantity.ts';
import { modelFor, nodesOf } from './model-queries.ts';

/** A long-running task has a pool (ten, the default of many libraries; assumed); a function's environment has one. */
const connectionsPerTask = 10;

export const connectionsExhausted: Rule = {
  id: 'connections-exhausted',
  area: 'capacity',
  title: 'The database has connections for all of its clients at their highest number',
  severity: 'high',
  why: 'Above max_connections the database refuses every further client, also the healthy ones: functions scale to hundreds of environments, each with a connection of its own.',
  reference: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.html',
  check(context) {
    const { system, built, unresolved } = modelFor(context.app);
    for (const { node, resource, label } of nodesOf(context.app, 'database')) {
      if (node.throttle !== undefined) continue;
      const callers = system.nodes.flatMap((caller) =>
        (caller.kind === 'function' || caller.kind === 'workers') &&
        (caller.calls ?? []).some(({ to }) => to === node.id)
          ? [
              {
                label: built.get(caller.id)?.label ?? caller.id,
                ...maxClientsOf(caller, system.nodes, num(system.account?.concurrency, 1_000)),
              },
            ]
          : [],
      );
      if (callers.length === 0 || node.whenFull === 'wait') continue;
      context.checked();
      if (node.maxConnections === undefined) {
        const because =
          unresolved.find((entry) => entry.resource?.id === resource.id)?.because ?? 'not known';
        context.unclear({ resource, what: 'max_connections', because });
        continue;
      }
      const limit = num(node.maxConnections);
      const total = callers.reduce((sum, { count, each }) => sum + count * each, 0);
      if (total <= limit) continue;
      const source = typeof node.maxConnections === 'number' ? '' : node.maxConnections.source;
      context.found({
        resource,
        title: `Clients of ${label} can ask for ${total} connections; it allows ${limit}`,
        fix: `Put an RDS Proxy before it, or limit the clients (ReservedConcurrentExecutions, MaxCapacity) to ${limit} connections in all.`,
        evidence: [
          { at: resource.id, shows: `max_connections ${limit}: ${source}` },
          ...callers.map(({ label: name, count, each, because }) => ({
            at: name,
            shows: `${count} × ${each} connection${each === 1 ? '' : 's'}: ${because}`,
          })),
        ],
      });
    }
  },
};

function maxClientsOf(
  caller: Extract<SystemNode, { kind: 'function' | 'workers' }>,
  nodes: readonly SystemNode[],
  account: number,
): { count: number; each: number; because: string } {
  if (caller.kind === 'workers')
    return {
      count: num(caller.max),
      each: connectionsPerTask,
      because: 'tasks at most, with a pool of ten each (assumed)',
    };
  if (caller.reservedConcurrency !== undefined)
    return { count: num(caller.reservedConcurrency), each: 1, because: 'reserved concurrency' };
  const pollers = nodes.flatMap((node) =>
    node.kind === 'poller' && node.function === caller.id ? [node] : [],
  );
  const isCalled = nodes.some(
    (node) =>
      (node.kind === 'api' && node.routes.some(({ calls }) => calls.some(({ to }) => to === caller.id))) ||
      ((node.kind === 'function' || node.kind === 'workers') &&
        (node.calls ?? []).some(({ to }) => to === caller.id)),
  );
  const limited =
    pollers.length > 0 &&
    !isCalled &&
    pollers.every(({ maximumConcurrency }) => maximumConcurrency !== undefined);
  return limited
    ? {
        count: pollers.reduce((sum, { maximumConcurrency }) => sum + num(maximumConcurrency, 0), 0),
        each: 1,
        because: 'maximum concurrency of its event source mappings',
      }
    : { count: account, each: 1, because: "environments: the account's concurrency, as it reserves none" };
}
