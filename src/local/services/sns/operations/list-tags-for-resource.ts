import type { ListTagsForResourceCommandInput, ListTagsForResourceResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';

export const listTagsForResource = (context: SnsContext) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    accepts: 'all',
    access: ({ ResourceArn }, call) => onTopic(context, 'ListTagsForResource', ResourceArn, call),
    handle: ({ ResourceArn }) => ({
      Tags: Object.entries(findTopic(context, ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  });
