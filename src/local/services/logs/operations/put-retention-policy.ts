import { operation } from '../../../service.ts';
import { checkRetention, findGroup, type LogsContext, onGroup } from '../context.ts';

export const putRetentionPolicy = (context: LogsContext) =>
  operation('logs', 'PutRetentionPolicy', {
    accepts: 'all',
    access: onGroup(context, 'PutRetentionPolicy'),
    handle(input) {
      const retentionInDays = checkRetention(input.retentionInDays);
      context.logs.putGroup({ ...findGroup(context, input).record, retentionInDays });
      return {};
    },
  });
