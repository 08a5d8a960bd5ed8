import { operation } from '../../../service.ts';
import { access, type CloudWatchContext, tagsOf } from '../context.ts';
import { checkTaggable } from '../taggable.ts';

export const listTagsForResource = (context: CloudWatchContext) =>
  operation('cloudwatch', 'ListTagsForResource', {
    accepts: 'all',
    access: ({ ResourceARN = '*' }, call) => access('ListTagsForResource', ResourceARN, call),
    handle: ({ ResourceARN }) => ({
      Tags: Object.entries(tagsOf(context.env).get(checkTaggable(context, ResourceARN)) ?? {}).map(
        ([Key, Value]) => ({ Key, Value }),
      ),
    }),
  });
