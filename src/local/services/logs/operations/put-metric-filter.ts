import { operation, thrownBy } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';
import { invalid } from '../errors.ts';
import { parseFilterPattern } from '../filter-pattern.ts';
import { parsePath } from '../json-pattern.ts';

export const putMetricFilter = (context: LogsContext) =>
  operation('logs', 'PutMetricFilter', {
    accepts: ['logGroupName', 'filterName', 'filterPattern', 'metricTransformations'],
    access: onGroup(context, 'PutMetricFilter'),
    *problems({ filterPattern = '', metricTransformations = [] }) {
      yield* thrownBy(() => parseFilterPattern(filterPattern));
      if (metricTransformations.length !== 1)
        yield invalid('A metric filter has exactly one metric transformation.');
      for (const {
        metricNamespace = '',
        metricValue = '',
        defaultValue,
        dimensions,
      } of metricTransformations) {
        if (metricNamespace.startsWith('AWS/')) yield invalid('The namespace must not begin with AWS/.');
        if (!metricValue.startsWith('$') && Number.isNaN(Number(metricValue)))
          yield invalid(`metricValue must be a number or a selector like $.latency, not ${metricValue}.`);
        for (const path of Object.values(dimensions ?? {})) yield* thrownBy(() => parsePath(path));
        if (dimensions && defaultValue !== undefined)
          yield invalid('A metric filter with dimensions cannot have a default value.');
      }
    },
    handle({ logGroupName, filterName = '', filterPattern = '', metricTransformations = [] }) {
      const group = findGroup(context, { logGroupName });
      const [to] = metricTransformations;
      const {
        metricName = '',
        metricNamespace = '',
        metricValue = '',
        defaultValue,
        dimensions,
        unit,
      } = to ?? {};
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
