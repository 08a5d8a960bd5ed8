import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';

export const putLogGroupDeletionProtection = (context: LogsContext) =>
  operation('logs', 'PutLogGroupDeletionProtection', {
    accepts: 'all',
    access: onGroup(context, 'PutLogGroupDeletionProtection'),
    handle(input) {
      const { record } = findGroup(context, input);
      context.logs.putGroup({ ...record, deletionProtection: input.deletionProtectionEnabled === true });
      return {};
    },
  });
