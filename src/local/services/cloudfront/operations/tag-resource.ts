import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { tagRecord } from '../distributions.ts';
import { checkTaggable } from '../tags.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_TagResource.html */
export const tagResource = (context: CloudFrontContext) =>
  operation('cloudfront', 'TagResource', {
    accepts: ['Resource', 'Tags'],
    access: ({ Resource = '*' }) => ({ action: 'cloudfront:TagResource', resource: Resource }),
    handle({ Resource = '', Tags }) {
      checkTaggable(context, Resource);
      context.tags.put(Resource, { ...context.tags.get(Resource), ...tagRecord(Tags) });
      return {};
    },
  });
