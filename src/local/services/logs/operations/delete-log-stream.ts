import { operation } from '../../../service.ts';
import { findGroup, findStream, type LogsContext, onStream } from '../context.ts';

export const deleteLogStream = (context: LogsContext) =>
  operation('logs', 'DeleteLogStream', {
    accepts: 'all',
    access: onStream(context, 'DeleteLogStream'),
    handle(input) {
      const group = findGroup(context, input);
      context.logs.deleteStream(group, findStream(group, input.logStreamName));
      return {};
    },
  });
