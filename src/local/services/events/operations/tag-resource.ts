import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { ruleByArn } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TagResource.html */
export const tagResource = (context: EventsContext) =>
  operation('events', 'TagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:TagResource', resource: ResourceARN }),
    handle({ ResourceARN, Tags = [] }) {
      const record = ruleByArn(context, ResourceARN);
      const added = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.rules.put(record.name, { ...record, tags: { ...record.tags, ...added } });
      return {};
    },
  });
