import { AwsError, operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';

export const deleteLogGroup = (context: LogsContext) =>
  operation('logs', 'DeleteLogGroup', {
    accepts: 'all',
    access: onGroup(context, 'DeleteLogGroup'),
    handle(input) {
      const group = findGroup(context, input);
      if (group.record.deletionProtection)
        throw new AwsError('ValidationException', `${group.record.name} is protected against deletion.`);
      context.logs.deleteGroup(group);
      return {};
    },
  });
