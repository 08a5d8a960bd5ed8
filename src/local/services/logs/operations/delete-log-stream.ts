import type { DeleteLogStreamCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../service.ts';
import { findGroup, findStream, type LogsContext, onStream } from '../context.ts';

export const deleteLogStream = (context: LogsContext) =>
  operation<DeleteLogStreamCommandInput, Record<string, never>>({
    name: 'DeleteLogStream',
    accepts: 'all',
    access: onStream(context, 'DeleteLogStream'),
    handle(input) {
      const group = findGroup(context, input);
      context.logs.deleteStream(group, findStream(group, input.logStreamName));
      return {};
    },
  });
