import { operation } from '../../../service.ts';
import type { StatesContext } from '../context.ts';
import { tagsOf } from '../tags.ts';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html */
export const listTagsForResource = (context: StatesContext) =>
  operation('states', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ resourceArn: resource = '' }) => ({ action: 'states:ListTagsForResource', resource }),
    handle: ({ resourceArn = '' }) => ({
      tags: Object.entries(tagsOf(context, resourceArn)).map(([key, value]) => ({ key, value })),
    }),
  });
