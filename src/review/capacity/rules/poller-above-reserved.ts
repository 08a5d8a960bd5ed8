/** A mapping that may run more batches than its function has reserved gets throttled, and messages age. */

import { isUnresolved, numberAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { mappings } from './model-queries.ts';

export const pollerAboveReserved: Rule = {
  id: 'poller-above-reserved-concurrency',
  area: 'capacity',
  title: 'Event source mappings start no more batches than their function may run',
  severity: 'medium',
  why: 'Batches above the reserved concurrency are throttled; each counts as a receive, so messages reach the dead-letter queue without ever having been worked on.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  check(context) {
    for (const { mapping, handler, queue } of mappings(context.app)) {
      const reserved = numberAt(handler.properties, 'ReservedConcurrentExecutions');
      if (reserved === undefined) continue;
      context.checked();
      const maximum = numberAt(mapping.properties, 'ScalingConfig.MaximumConcurrency');
      if (isUnresolved(reserved) || isUnresolved(maximum)) {
        const unknown = isUnresolved(reserved) ? reserved : maximum;
        const because = isUnresolved(unknown) ? unknown.reason : 'not known';
        context.unclear({ resource: mapping, what: 'concurrency', because });
        continue;
      }
      if (maximum !== undefined && maximum <= reserved) continue;
      context.found({
        resource: mapping,
        title:
          maximum === undefined
            ? `The poller of ${queue.name} may start up to 1,250 batches at once; ${handler.name} may run ${reserved}`
            : `The poller of ${queue.name} may start ${maximum} batches at once; ${handler.name} may run ${reserved}`,
        fix:
          reserved < 2
            ? 'Raise ReservedConcurrentExecutions to at least 2, the smallest MaximumConcurrency, and set ScalingConfig.MaximumConcurrency to it.'
            : `Set ScalingConfig.MaximumConcurrency to ${reserved} or less.`,
        evidence: [
          {
            at: propertyOf(mapping, 'ScalingConfig.MaximumConcurrency'),
            shows: String(maximum ?? 'not set'),
          },
          { at: propertyOf(handler, 'ReservedConcurrentExecutions'), shows: String(reserved) },
        ],
      });
    }
  },
};
