/** maxReceiveCount 1: one failure, of the worker or of the network, and the message is given up. */

import { isUnresolved, storeKind, valueAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { knownNumber } from './known-number.ts';
import { mappings } from './model-queries.ts';

export const deadLetterAfterOne: Rule = {
  id: 'dead-letter-after-one-try',
  area: 'capacity',
  title: 'A message is tried more than once before it is given up',
  severity: 'medium',
  why: 'A worker that is stopped, scaled in or throttled counts as a failure: with few tries, good messages end in the dead-letter queue exactly when load is high.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  check(context) {
    const polled = new Set(mappings(context.app).map(({ queue }) => queue));
    for (const queue of context.app.resources.filter((one) => storeKind(one) === 'queue')) {
      const policy = valueAt(queue.properties, 'RedrivePolicy');
      if (policy === undefined) continue;
      context.checked();
      if (isUnresolved(policy)) {
        context.unclear({ resource: queue, what: 'RedrivePolicy', because: policy.reason });
        continue;
      }
      const count = knownNumber(context, queue, 'RedrivePolicy.maxReceiveCount', 10);
      if (count === undefined || count > (polled.has(queue) ? 4 : 1)) continue;
      const one = count <= 1;
      context.found({
        resource: queue,
        severity: one ? 'medium' : 'low',
        title: one
          ? `A message of ${queue.name} is given up after a single failure`
          : `A message of ${queue.name} is given up after ${count} receives; a throttled function uses them up`,
        fix: `Set RedrivePolicy.maxReceiveCount to ${polled.has(queue) ? '5, AWS’s advice for queues of functions' : '3 or more'}.`,
        evidence: [{ at: propertyOf(queue, 'RedrivePolicy.maxReceiveCount'), shows: String(count) }],
      });
    }
  },
};
