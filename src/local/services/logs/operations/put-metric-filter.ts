import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';
import { invalid } from '../errors.ts';
import { parseFilterPattern } from '../filter-pattern.ts';
import { parsePath } from '../json-pattern.ts';

export const putMetricFilter = (context: LogsContext) =>
  operation('logs', 'PutMetricFilter', {
    accepts: ['logGroupName', 'filterName', 'filterPattern', 'metricTransformations'],
    access: onGroup(context, 'PutMetricFilter'),
    handle({ logGroupName, filterName = '', filterPattern = '', metricTransformations = [] }) {
      const group = findGroup(context, { logGroupName });
      parseFilterPattern(filterPattern);
      const [to, ...more] = metricTransformations;
      if (!to || more.length > 0) throw invalid('A metric filter has exactly one metric transformation.');
      const { metricName = '', metricNamespace = '', metricValue = '', defaultValue, dimensions, unit } = to;
      if (metricNamespace.startsWith('AWS/')) throw invalid('The namespace must not begin with AWS/.');
      if (!metricValue.startsWith('$') && Number.isNaN(Number(metricValue)))
        throw invalid(`metricValue must be a number or a selector like $.latency, not ${metricValue}.`);
      for (const path of Object.values(dimensions ?? {})) parsePath(path);
      if (dimensions && defaultValue !== undefined)
        throw invalid('A metric filter with dimensions cannot have a default value.');
      context.logs.putFilter(group, {
        name: filterName,
        pattern: filterPattern,
        createdAt: context.env.clock.now(),
        transformations: [
          {
            metricName,
            metricNamespace,
            metricValue,
            ...(defaultValue === undefined ? {} : { defaultValue }),
            ...(dimensions ? { dimensions } : {}),
            ...(unit ? { unit } : {}),
          },
        ],
      });
      return {};
    },
  });
