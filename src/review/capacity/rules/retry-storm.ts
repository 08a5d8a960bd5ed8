/**
 * Retries of layers multiply: a queue that delivers m times, a function whose SDK tries three times, behind an
 * asynchronous invocation that is tried three times. Counted along the chains of the model.
 */
import type { Rule } from '../../finding.ts';
import { receiversIn } from '../model/graph.ts';
import type { Call } from '../simulator/model.ts';
import { num } from '../simulator/quantity.ts';
import { modelFor } from './model-queries.ts';

/** Attempts of an AWS SDK in its default mode: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const sdkAttempts = 3;
const maxAttempts = 60;

interface Chain {
  readonly id: string;
  readonly attempts: number;
  readonly layers: readonly string[];
}

export const retryStorm: Rule = {
  id: 'retries-multiply',
  area: 'capacity',
  title: 'Retries of several layers do not multiply into a storm',
  severity: 'medium',
  why: 'When the last part of a chain is in trouble, every layer before it tries again: the load on it is multiplied exactly when it can take less.',
  reference: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
  check(context) {
    const model = modelFor(context.app);
    const worst = new Map<string, Chain>();
    const callsOf = (id: string): readonly Call[] => {
      const node = model.built.get(id)?.node;
      return node?.kind === 'function' || node?.kind === 'workers' ? (node.calls ?? []) : [];
    };
    const visit = (chain: Chain, seen: ReadonlySet<string>): void => {
      const node = model.built.get(chain.id)?.node;
      const known = worst.get(chain.id);
      if (
        node === undefined ||
        seen.has(chain.id) ||
        (known !== undefined && known.attempts >= chain.attempts)
      )
        return;
      worst.set(chain.id, chain);
      const more = new Set([...seen, chain.id]);
      const layer = (id: string, attempts: number, text: string) =>
        visit({ id, attempts: chain.attempts * attempts, layers: [...chain.layers, text] }, more);
      if (node.kind === 'queue') {
        const times = num(node.maxReceiveCount, 1);
        const text = `${model.built.get(node.id)?.label} delivers ${times} times`;
        for (const receiver of receiversIn(model.system.nodes, node.id)) layer(receiver, times, text);
      }
      for (const call of callsOf(node.id)) {
        const target = model.built.get(call.to)?.node;
        if (call.how === 'send' && target?.kind === 'function')
          layer(
            call.to,
            1 + num(target.async?.retries, 2),
            `${target.label} is invoked asynchronously, 3 tries`,
          );
        else if (call.how !== 'send')
          layer(
            call.to,
            sdkAttempts,
            `the SDK in ${model.built.get(node.id)?.label} tries ${sdkAttempts} times`,
          );
        else layer(call.to, 1, `${model.built.get(node.id)?.label} sends`);
      }
      if (node.kind === 'api')
        for (const { calls } of node.routes) for (const call of calls) layer(call.to, 1, node.label ?? '');
    };
    for (const entry of model.entries) visit({ id: entry.to, attempts: 1, layers: [] }, new Set());
    for (const { node } of model.built.values())
      if (node.kind === 'queue') visit({ id: node.id, attempts: 1, layers: [] }, new Set());
    for (const { id, attempts, layers } of worst.values()) {
      if (layers.length < 2) continue;
      context.checked();
      const built = model.built.get(id);
      if (built === undefined || attempts < maxAttempts) continue;
      context.found({
        resource: built.resource,
        about: id,
        title: `One request can become ${attempts} attempts at ${built.label}`,
        fix: 'Retry in one layer only: set the SDK’s maxAttempts to 1 in the inner callers, or lower maxReceiveCount and MaximumRetryAttempts.',
        evidence: layers.map((text) => ({ at: id, shows: text })),
      });
    }
  },
};
