import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { ruleByArn } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: EventsContext) =>
  operation('events', 'UntagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:UntagResource', resource: ResourceARN }),
    handle({ ResourceARN, TagKeys = [] }) {
      const record = ruleByArn(context, ResourceARN);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
      context.rules.put(record.name, { ...record, tags });
      return {};
    },
  });
