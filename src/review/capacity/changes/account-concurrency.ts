/** A higher account-wide quota of concurrent executions: asked of AWS, free. */

import { resourceRef } from '../../../architecture/index.ts';
import { num } from '../simulator/quantity.ts';
import type { ChangeKind, SizedChange } from './change.ts';

export const raiseAccountConcurrency: ChangeKind = ({ node, resource, model }): readonly SizedChange[] => {
  if (node.kind !== 'function' || node.reservedConcurrency !== undefined) return [];
  const from = num(model.system.account?.concurrency, 1_000);
  return [
    {
      node: node.id,
      steps: [2, 5, 10, 30].map((factor) => ({
        change: {
          id: 'raise-account-concurrency',
          title: "A higher quota of the account's concurrent executions",
          resource: resourceRef(resource),
          property: 'service quota L-B99A9384 (Lambda concurrent executions)',
          from: String(from),
          to: String(from * factor),
        },
        apply: (system) => ({
          ...system,
          account: { concurrency: { value: from * factor, source: 'changed: service quota' } },
        }),
      })),
    },
  ];
};
