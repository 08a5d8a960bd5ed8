import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { tagsOf } from '../store.ts';
import { tagged } from '../tagged.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TagResource.html */
export const tagResource = (context: EcsContext) =>
  operation('ecs', 'TagResource', {
    accepts: 'all',
    access: ({ resourceArn = '' }) => ({ action: 'ecs:TagResource', resource: resourceArn }),
    handle({ resourceArn, tags }) {
      const resource = tagged(context, resourceArn);
      resource.set({ ...resource.tags, ...tagsOf(tags) });
      return {};
    },
  });
