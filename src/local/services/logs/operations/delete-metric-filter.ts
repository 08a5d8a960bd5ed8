import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';
import { notFound } from '../errors.ts';

export const deleteMetricFilter = (context: LogsContext) =>
  operation('logs', 'DeleteMetricFilter', {
    accepts: 'all',
    access: onGroup(context, 'DeleteMetricFilter'),
    handle(input) {
      const group = findGroup(context, input);
      if (!group.filters.has(input.filterName ?? '')) throw notFound('filter');
      context.logs.deleteFilter(group, input.filterName ?? '');
      return {};
    },
  });
