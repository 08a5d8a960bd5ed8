import { operation } from '../../../service.ts';
import { sdkDimensions } from '../alarm-record.ts';
import { type CloudWatchContext, onNothing, page } from '../context.ts';

const pageSize = 500;

export const listMetrics = ({ env, metrics }: CloudWatchContext) =>
  operation('cloudwatch', 'ListMetrics', {
    accepts: ['Namespace', 'MetricName', 'Dimensions', 'NextToken', 'RecentlyActive'],
    access: onNothing('ListMetrics'),
    handle({ Namespace, MetricName, Dimensions = [], NextToken, RecentlyActive }) {
      const since = RecentlyActive === 'PT3H' ? env.clock.now() - 3 * 3_600_000 : 0;
      const found = [...metrics.all()].filter(
        (metric) =>
          (Namespace === undefined || metric.namespace === Namespace) &&
          (MetricName === undefined || metric.name === MetricName) &&
          metric.lastAt >= since &&
          Dimensions.every(({ Name, Value }) =>
            metric.dimensions.some(
              ([name, value]) => name === Name && (Value === undefined || value === Value),
            ),
          ),
      );
      const { items, next } = page(found, NextToken, pageSize);
      return {
        Metrics: items.map((metric) => ({
          Namespace: metric.namespace,
          MetricName: metric.name,
          Dimensions: sdkDimensions(metric.dimensions),
        })),
        NextToken: next,
      };
    },
  });
