/** A queue of a container worker that leaves the visibility timeout at SQS's default of 30 s. */

import { isUnresolved, numberAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { queueWorkers } from './model-queries.ts';

export const workerVisibilityTimeout: Rule = {
  id: 'visibility-timeout-of-workers',
  area: 'capacity',
  title: 'The visibility timeout of a worker’s queue is chosen for the length of its jobs',
  severity: 'low',
  why: 'A job that takes longer than the visibility timeout is delivered to a second worker while the first still works on it.',
  reference:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html',
  check(context) {
    for (const { queue, resource } of queueWorkers(context.app)) {
      context.checked();
      const value = numberAt(queue.properties, 'VisibilityTimeout');
      if (isUnresolved(value))
        context.unclear({ resource: queue, what: 'VisibilityTimeout', because: value.reason });
      else if (value === undefined)
        context.found({
          resource: queue,
          title: `Messages for ${resource.name} come back after 30 s, SQS's default, however long a job takes`,
          fix: `Set VisibilityTimeout of ${queue.name} above the longest job (its p99 and a margin), or let the worker extend it.`,
          evidence: [{ at: propertyOf(queue, 'VisibilityTimeout'), shows: 'not set' }],
        });
    }
  },
};
