import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { setTags, tagsOf } from '../tags.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html */
export const tagResource = (context: EventsContext) =>
  operation('events', 'TagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:TagResource', resource: ResourceARN }),
    handle({ ResourceARN, Tags = [] }) {
      const added = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      setTags(context, ResourceARN, { ...tagsOf(context, ResourceARN), ...added });
      return {};
    },
  });
