import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { tagsOf } from '../tags.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: EventsContext) =>
  operation('events', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:ListTagsForResource', resource: ResourceARN }),
    handle: ({ ResourceARN }) => ({
      Tags: Object.entries(tagsOf(context, ResourceARN)).map(([Key, Value]) => ({ Key, Value })),
    }),
  });
