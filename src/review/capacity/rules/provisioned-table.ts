/** A provisioned table that nothing scales: above its units, requests are throttled. */

import { isUnresolved, scalingOf, textAt, valueAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { knownNumber } from './known-number.ts';

export const provisionedTable: Rule = {
  id: 'provisioned-table-without-scaling',
  area: 'capacity',
  title: 'A table with provisioned throughput scales, or is on demand',
  severity: 'medium',
  why: 'Above its capacity units a table throttles, and the SDK’s retries make the callers slower and longer.',
  reference: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html',
  check(context) {
    for (const table of context.app.ofType('AWS::DynamoDB::Table')) {
      const mode = textAt(table.properties, 'BillingMode');
      if (mode === 'PAY_PER_REQUEST') continue;
      context.checked();
      if (isUnresolved(mode)) {
        context.unclear({ resource: table, what: 'BillingMode', because: mode.reason });
        continue;
      }
      if (valueAt(table.properties, 'ProvisionedThroughput') === undefined) continue;
      const scaled = scalingOf(context.app, table).bounds.length > 0;
      const reads = knownNumber(context, table, 'ProvisionedThroughput.ReadCapacityUnits', 0);
      const writes = knownNumber(context, table, 'ProvisionedThroughput.WriteCapacityUnits', 0);
      if (scaled || reads === undefined || writes === undefined) continue;
      context.found({
        resource: table,
        title: `${table.name} throttles above ${reads} reads and ${writes} writes a second; nothing scales it`,
        fix: 'Set BillingMode to PAY_PER_REQUEST, or add scalable targets for its read and write capacity.',
        evidence: [
          { at: propertyOf(table, 'ProvisionedThroughput'), shows: `${reads} read, ${writes} write units` },
        ],
      });
    }
  },
};
