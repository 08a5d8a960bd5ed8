import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkTaggable } from '../tags.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListTagsForResource.html */
export const listTagsForResource = (context: CloudFrontContext) =>
  operation('cloudfront', 'ListTagsForResource', {
    accepts: ['Resource'],
    access: ({ Resource = '*' }) => ({ action: 'cloudfront:ListTagsForResource', resource: Resource }),
    handle({ Resource = '' }) {
      checkTaggable(context, Resource);
      const tags = Object.entries(context.tags.get(Resource) ?? {});
      return { Tags: { Items: tags.map(([Key, Value]) => ({ Key, Value })) } };
    },
  });
