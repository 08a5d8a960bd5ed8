import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup, page } from '../context.ts';

export const describeSubscriptionFilters = (context: LogsContext) =>
  operation('logs', 'DescribeSubscriptionFilters', {
    accepts: 'all',
    access: onGroup(context, 'DescribeSubscriptionFilters'),
    handle({ logGroupName, filterNamePrefix = '', nextToken, limit }) {
      const group = findGroup(context, { logGroupName });
      const found = [...group.subscriptions.values()]
        .filter(({ name }) => name.startsWith(filterNamePrefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const { items, next } = page(found, nextToken, limit, ({ name }) => name);
      return {
        subscriptionFilters: items.map(({ name, pattern, destinationArn, createdAt }) => ({
          filterName: name,
          logGroupName: group.record.name,
          filterPattern: pattern,
          destinationArn,
          distribution: 'ByLogStream' as const,
          applyOnTransformedLogs: false,
          creationTime: createdAt,
        })),
        nextToken: next,
      };
    },
  });
