/** A consumed queue without a dead-letter queue keeps every poison message in circulation. */

import { isUnresolved, valueAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { mappings, pathOf, queueWorkers } from './shared.ts';

export const noDeadLetterQueue: Rule = {
  id: 'poison-messages-circulate',
  area: 'capacity',
  title: 'A message that always fails leaves its queue after some tries',
  severity: 'medium',
  why: 'Without a dead-letter queue a message that cannot be worked on returns until its retention ends, and each return takes the place of a good one.',
  reference:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  check(context) {
    const queues = new Set(
      [...mappings(context.app), ...queueWorkers(context.app)].map(({ queue }) => queue),
    );
    for (const queue of queues) {
      context.checked();
      const policy = valueAt(queue.properties, 'RedrivePolicy');
      if (isUnresolved(policy))
        context.unclear({ resource: queue, what: 'RedrivePolicy', because: policy.reason });
      else if (policy === undefined)
        context.found({
          resource: queue,
          title: `A message of ${queue.name} that always fails returns until its retention ends`,
          fix: `Give ${queue.name} a RedrivePolicy with a dead-letter queue and maxReceiveCount 5.`,
          evidence: [{ at: pathOf(queue, 'RedrivePolicy'), shows: 'not set' }],
        });
    }
  },
};
