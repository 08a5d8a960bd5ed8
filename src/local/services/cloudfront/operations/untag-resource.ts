import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkTaggable } from '../tags.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: CloudFrontContext) =>
  operation('cloudfront', 'UntagResource', {
    accepts: ['Resource', 'TagKeys'],
    access: ({ Resource = '*' }) => ({ action: 'cloudfront:UntagResource', resource: Resource }),
    handle({ Resource = '', TagKeys }) {
      checkTaggable(context, Resource);
      const gone = new Set(TagKeys?.Items ?? []);
      const kept = Object.entries(context.tags.get(Resource) ?? {}).filter(([key]) => !gone.has(key));
      context.tags.put(Resource, Object.fromEntries(kept));
      return {};
    },
  });
