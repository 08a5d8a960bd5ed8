import { operation } from '../../../service.ts';
import { groupByArn, type LogsContext } from '../context.ts';

export const tagResource = (context: LogsContext) =>
  operation('logs', 'TagResource', {
    accepts: 'all',
    access: ({ resourceArn = '*' }) => ({ action: 'logs:TagResource', resource: resourceArn }),
    handle({ resourceArn, tags }) {
      const { record } = groupByArn(context, resourceArn);
      context.logs.putGroup({ ...record, tags: { ...record.tags, ...tags } });
      return {};
    },
  });
