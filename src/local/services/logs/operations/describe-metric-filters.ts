import type { StandardUnit } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../service.ts';
import { findGroup, groupArn, type LogsContext, page } from '../context.ts';

export const describeMetricFilters = (context: LogsContext) =>
  operation('logs', 'DescribeMetricFilters', {
    accepts: 'all',
    access: ({ logGroupName = '' }) => ({
      action: 'logs:DescribeMetricFilters',
      resource: `${groupArn(context, logGroupName)}:log-stream:`,
    }),
    handle({ logGroupName, filterNamePrefix = '', metricName, metricNamespace, nextToken, limit }) {
      const groups = logGroupName
        ? [findGroup(context, { logGroupName })]
        : [...context.logs.groups.values()];
      const found = groups
        .flatMap(({ record, filters }) =>
          [...filters.values()].map((filter) => ({ filter, group: record.name })),
        )
        .filter(
          ({ filter }) =>
            filter.name.startsWith(filterNamePrefix) &&
            filter.transformations.some(
              (to) =>
                (metricName === undefined || to.metricName === metricName) &&
                (metricNamespace === undefined || to.metricNamespace === metricNamespace),
            ),
        );
      const keyOf = (one: (typeof found)[number]) => `${one.filter.name}\n${one.group}`;
      found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const { items, next } = page(found, nextToken, limit, keyOf);
      return {
        metricFilters: items.map(({ filter, group }) => ({
          filterName: filter.name,
          filterPattern: filter.pattern,
          creationTime: filter.createdAt,
          logGroupName: group,
          metricTransformations: filter.transformations.map(({ unit, dimensions, ...to }) => ({
            ...to,
            ...(dimensions ? { dimensions: { ...dimensions } } : {}),
            ...(unit ? { unit: unit as StandardUnit } : {}),
          })),
        })),
        nextToken: next,
      };
    },
  });
