import { operation, thrownBy } from '../../../service.ts';
import { checkRetention, findGroup, type LogsContext, onGroup } from '../context.ts';

export const putRetentionPolicy = (context: LogsContext) =>
  operation('logs', 'PutRetentionPolicy', {
    accepts: 'all',
    access: onGroup(context, 'PutRetentionPolicy'),
    problems: (input) => thrownBy(() => checkRetention(input.retentionInDays)),
    handle(input) {
      const retentionInDays = checkRetention(input.retentionInDays);
      context.logs.putGroup({ ...findGroup(context, input).record, retentionInDays });
      return {};
    },
  });
