/** Six times the function's timeout, plus the batching window, is AWS's advice; less than the timeout it refuses. */
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { knownNumber } from './known-number.ts';
import { mappings } from './model-queries.ts';

export const functionVisibilityTimeout: Rule = {
  id: 'visibility-timeout-below-function',
  area: 'capacity',
  title: 'A message stays invisible for as long as its function may need, retries included',
  severity: 'medium',
  why: 'When the visibility timeout ends first, the message is delivered again while it is still being worked on: the work is done twice, and under load the queue feeds itself.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  check(context) {
    for (const { mapping, queue, handler } of mappings(context.app)) {
      context.checked();
      const visibility = knownNumber(context, queue, 'VisibilityTimeout', 30);
      const timeout = knownNumber(context, handler, 'Timeout', 3);
      const window = knownNumber(context, mapping, 'MaximumBatchingWindowInSeconds', 0);
      if (visibility === undefined || timeout === undefined || window === undefined) continue;
      const wanted = 6 * timeout + window;
      if (visibility >= wanted) continue;
      const refused = visibility < timeout;
      context.found({
        resource: queue,
        about: handler.id,
        severity: refused ? 'high' : 'medium',
        title: refused
          ? `Messages come back after ${visibility} s, but ${handler.name} may work for ${timeout} s: AWS refuses the event source mapping`
          : `Messages come back after ${visibility} s; six timeouts of ${handler.name} and the batching window are ${wanted} s`,
        fix: `Set VisibilityTimeout of ${queue.name} to ${wanted}, or lower the function's Timeout.`,
        evidence: [
          { at: propertyOf(queue, 'VisibilityTimeout'), shows: `${visibility} s` },
          { at: propertyOf(handler, 'Timeout'), shows: `${timeout} s` },
          { at: propertyOf(mapping, 'MaximumBatchingWindowInSeconds'), shows: `${window} s` },
        ],
      });
    }
  },
};
