/** Without ReportBatchItemFailures one bad message brings back the whole batch. */

import { listAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { knownNumber } from './known-number.ts';
import { mappings } from './model-queries.ts';

export const wholeBatchReturns: Rule = {
  id: 'whole-batch-returns',
  area: 'capacity',
  title: 'Only the messages of a batch that failed return to the queue',
  severity: 'low',
  why: 'When one message of a batch fails, all of it is delivered again: work is done twice, and good messages reach the dead-letter queue with the bad one.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
  check(context) {
    for (const { mapping, queue } of mappings(context.app)) {
      context.checked();
      const size = knownNumber(context, mapping, 'BatchSize', 10);
      if (size === undefined || size <= 1) continue;
      if (listAt(mapping.properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures')) continue;
      context.found({
        resource: mapping,
        title: `One failure in a batch brings back up to ${size} messages of ${queue.name}`,
        fix: 'Set FunctionResponseTypes to [ReportBatchItemFailures] and answer with batchItemFailures, or set BatchSize to 1.',
        evidence: [
          { at: propertyOf(mapping, 'BatchSize'), shows: String(size) },
          { at: propertyOf(mapping, 'FunctionResponseTypes'), shows: 'not set' },
        ],
      });
    }
  },
};
