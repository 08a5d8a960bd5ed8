import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../service.ts';
import { groupByArn, type LogsContext } from '../context.ts';

export const listTagsForResource = (context: LogsContext) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    accepts: 'all',
    access: ({ resourceArn = '*' }) => ({ action: 'logs:ListTagsForResource', resource: resourceArn }),
    handle: ({ resourceArn }) => ({ tags: { ...groupByArn(context, resourceArn).record.tags } }),
  });
