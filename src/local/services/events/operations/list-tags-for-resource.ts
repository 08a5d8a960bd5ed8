import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResponse,
} from '@aws-sdk/client-eventbridge';
import { operation } from '../../../service.ts';
import type { EventsContext } from '../context.ts';
import { ruleByArn } from '../store.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: EventsContext) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    accepts: 'all',
    access: ({ ResourceARN = '' }) => ({ action: 'events:ListTagsForResource', resource: ResourceARN }),
    handle: ({ ResourceARN }) => ({
      Tags: Object.entries(ruleByArn(context, ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  });
