/** Tags of rules. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-tagging.html */
import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResponse,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-eventbridge';
import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { findRule } from '../store.ts';

const rule = (context: EventsContext, arn = '') => findRule(context, arn.slice(arn.lastIndexOf('/') + 1));

export const tagResource = (context: EventsContext) =>
  operation<TagResourceCommandInput, object>({
    name: 'TagResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:TagResource', resource: ResourceARN }),
    handle({ ResourceARN, Tags = [] }) {
      const record = rule(context, ResourceARN);
      const added = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      context.rules.put(record.name, { ...record, tags: { ...record.tags, ...added } });
      return {};
    },
  });

export const untagResource = (context: EventsContext) =>
  operation<UntagResourceCommandInput, object>({
    name: 'UntagResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:UntagResource', resource: ResourceARN }),
    handle({ ResourceARN, TagKeys = [] }) {
      const record = rule(context, ResourceARN);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
      context.rules.put(record.name, { ...record, tags });
      return {};
    },
  });

export const listTagsForResource = (context: EventsContext) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:ListTagsForResource', resource: ResourceARN }),
    handle: ({ ResourceARN }) => ({
      Tags: Object.entries(rule(context, ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  });
