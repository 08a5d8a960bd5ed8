import { operation } from '../../../service.ts';
import { groupByArn, type LogsContext } from '../context.ts';

export const listTagsForResource = (context: LogsContext) =>
  operation('logs', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ resourceArn = '*' }) => ({ action: 'logs:ListTagsForResource', resource: resourceArn }),
    handle: ({ resourceArn }) => ({ tags: { ...groupByArn(context, resourceArn).record.tags } }),
  });
