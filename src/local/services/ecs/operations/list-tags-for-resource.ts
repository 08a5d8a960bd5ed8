import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { tagList } from '../store.ts';
import { tagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: EcsContext) =>
  operation('ecs', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ resourceArn = '' }) => ({ action: 'ecs:ListTagsForResource', resource: resourceArn }),
    handle: ({ resourceArn }) => ({ tags: tagList(tagged(context, resourceArn).tags) }),
  });
