import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { tagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: EcsContext) =>
  operation('ecs', 'UntagResource', {
    accepts: 'all',
    access: ({ resourceArn = '' }) => ({ action: 'ecs:UntagResource', resource: resourceArn }),
    handle({ resourceArn, tagKeys = [] }) {
      const resource = tagged(context, resourceArn);
      resource.set(
        Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !tagKeys.includes(key))),
      );
      return {};
    },
  });
