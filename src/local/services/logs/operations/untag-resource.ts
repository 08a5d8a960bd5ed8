import { operation } from '../../../service.ts';
import { groupByArn, type LogsContext } from '../context.ts';

export const untagResource = (context: LogsContext) =>
  operation('logs', 'UntagResource', {
    accepts: 'all',
    access: ({ resourceArn = '*' }) => ({ action: 'logs:UntagResource', resource: resourceArn }),
    handle({ resourceArn, tagKeys = [] }) {
      const { record } = groupByArn(context, resourceArn);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !tagKeys.includes(key)));
      context.logs.putGroup({ ...record, tags });
      return {};
    },
  });
