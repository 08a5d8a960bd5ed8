/** A caller that gives up before the one it waits for. */
import type { Rule } from '../../finding.ts';
import { num } from '../simulator/quantity.ts';
import { modelFor, nodesOf } from './model-queries.ts';

export const timeoutBelowCallee: Rule = {
  id: 'timeout-below-callee',
  area: 'capacity',
  title: 'A function waits at least as long as what it calls may take',
  severity: 'medium',
  why: 'When the caller times out first, the called work goes on unseen, and a retry starts it a second time beside the first.',
  reference: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  check(context) {
    const { built } = modelFor(context.app);
    for (const { node, resource, label } of nodesOf(context.app, 'function'))
      for (const call of node.calls ?? []) {
        const callee = built.get(call.to);
        if (callee?.node.kind !== 'function' || call.how === 'send') continue;
        context.checked();
        const [own, other] = [num(node.timeout), num(callee.node.timeout)];
        if (own >= other) continue;
        context.found({
          resource,
          about: callee.resource.id,
          title: `${label} ends after ${own} s, but waits for ${callee.label}, which may take ${other} s`,
          fix: `Set Timeout of ${resource.name} above ${other}, or lower that of ${callee.resource.name}, or call it asynchronously.`,
          evidence: [
            { at: `${resource.id}/Properties/Timeout`, shows: `${own} s` },
            { at: `${callee.resource.id}/Properties/Timeout`, shows: `${other} s` },
          ],
        });
      }
  },
};
