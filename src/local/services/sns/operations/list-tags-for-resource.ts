import { operation } from '../../../service.ts';
import { findTopic, onTopic, type SnsContext } from '../context.ts';

export const listTagsForResource = (context: SnsContext) =>
  operation('sns', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ ResourceArn }, call) => onTopic(context, 'ListTagsForResource', ResourceArn, call),
    handle: ({ ResourceArn }) => ({
      Tags: Object.entries(findTopic(context, ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  });
