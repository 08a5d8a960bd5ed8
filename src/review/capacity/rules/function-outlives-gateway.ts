/** The gateway times out before the function: the client gets a 504 while the function goes on. */
import type { Rule } from '../../finding.ts';
import { num } from '../simulator/quantity.ts';
import { modelFor, nodesOf } from './model-queries.ts';

export const functionOutlivesGateway: Rule = {
  id: 'function-outlives-gateway',
  area: 'capacity',
  title: 'A function behind an API ends before the gateway gives up on it',
  severity: 'low',
  why: 'After the gateway’s timeout the client gets a 504 and tries again, while the first invocation goes on, is paid for and keeps its concurrency.',
  reference: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  check(context) {
    const { built } = modelFor(context.app);
    for (const { node: api, label } of nodesOf(context.app, 'api')) {
      const limit = num(api.timeout, 29);
      const seen = new Set<string>();
      for (const { calls, name } of api.routes)
        for (const { to, how } of calls) {
          const handler = built.get(to);
          if (handler?.node.kind !== 'function' || how === 'send' || seen.has(to)) continue;
          seen.add(to);
          context.checked();
          const timeout = num(handler.node.timeout);
          if (timeout <= limit) continue;
          context.found({
            resource: handler.resource,
            about: api.id,
            title: `${handler.label} may work for ${timeout} s, but ${label} answers 504 after ${limit} s`,
            fix: `Set Timeout of ${handler.resource.name} to at most ${Math.floor(limit)}, or answer at once and do the work behind a queue.`,
            evidence: [
              { at: `${handler.resource.id}/Properties/Timeout`, shows: `${timeout} s` },
              { at: api.id, shows: `${name}: ${limit} s` },
            ],
          });
        }
    }
  },
};
