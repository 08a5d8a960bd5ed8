import type { TagResourceCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../service.ts';
import { groupByArn, type LogsContext } from '../context.ts';

export const tagResource = (context: LogsContext) =>
  operation<TagResourceCommandInput, Record<string, never>>({
    name: 'TagResource',
    accepts: 'all',
    access: ({ resourceArn = '*' }) => ({ action: 'logs:TagResource', resource: resourceArn }),
    handle({ resourceArn, tags }) {
      const { record } = groupByArn(context, resourceArn);
      context.logs.putGroup({ ...record, tags: { ...record.tags, ...tags } });
      return {};
    },
  });
