import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';

export const deleteRetentionPolicy = (context: LogsContext) =>
  operation('logs', 'DeleteRetentionPolicy', {
    accepts: 'all',
    access: onGroup(context, 'DeleteRetentionPolicy'),
    handle(input) {
      const { retentionInDays: _, ...record } = findGroup(context, input).record;
      context.logs.putGroup(record);
      return {};
    },
  });
