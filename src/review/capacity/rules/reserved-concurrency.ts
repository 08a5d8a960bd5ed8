/** Reserved concurrency of zero stops a function; more than the account has minus 100 fails to deploy. */

import { isUnresolved, numberAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';

const accountConcurrency = 1_000;
const keptUnreserved = 100;

export const reservedConcurrency: Rule = {
  id: 'reserved-concurrency',
  area: 'capacity',
  title: 'Reserved concurrency lets every function run, and fits into the account',
  severity: 'high',
  why: 'A function with none reserved for it (0) never runs; what all functions reserve together is taken from the account’s 1,000, of which AWS keeps 100 unreserved.',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  check(context) {
    const found = context.app.ofType('AWS::Lambda::Function').flatMap((resource) => {
      const value = numberAt(resource.properties, 'ReservedConcurrentExecutions');
      if (value === undefined) return [];
      context.checked();
      if (isUnresolved(value)) {
        context.unclear({ resource, what: 'ReservedConcurrentExecutions', because: value.reason });
        return [];
      }
      return [{ resource, value }];
    });
    for (const { resource, value } of found)
      if (value <= 0)
        context.found({
          resource,
          title: `${resource.name} can never run: 0 concurrent executions are reserved for it`,
          fix: 'Remove ReservedConcurrentExecutions, or set it to at least 1.',
          evidence: [{ at: propertyOf(resource, 'ReservedConcurrentExecutions'), shows: String(value) }],
        });
    const total = found.reduce((sum, { value }) => sum + value, 0);
    const [largest] = [...found].sort((a, b) => b.value - a.value);
    if (largest !== undefined && total > accountConcurrency - keptUnreserved)
      context.found({
        resource: largest.resource,
        about: 'sum',
        title: `The functions reserve ${total} concurrent executions; an account with the default quota has ${accountConcurrency - keptUnreserved} to reserve`,
        fix: `Lower them to ${accountConcurrency - keptUnreserved} in all, or ask for a higher quota of concurrent executions before deploying.`,
        evidence: found.map(({ resource, value }) => ({
          at: propertyOf(resource, 'ReservedConcurrentExecutions'),
          shows: String(value),
        })),
      });
  },
};
