import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { setTags, tagsOf } from '../tags.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: EventsContext) =>
  operation('events', 'UntagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:UntagResource', resource: ResourceARN }),
    handle({ ResourceARN, TagKeys = [] }) {
      const kept = Object.entries(tagsOf(context, ResourceARN)).filter(([key]) => !TagKeys.includes(key));
      setTags(context, ResourceARN, Object.fromEntries(kept));
      return {};
    },
  });
