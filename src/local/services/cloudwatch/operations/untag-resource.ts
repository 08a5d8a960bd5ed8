import { operation } from '../../../service.ts';
import { access, type CloudWatchContext, tagsOf } from '../context.ts';
import { checkTaggable } from '../taggable.ts';

export const untagResource = (context: CloudWatchContext) =>
  operation('cloudwatch', 'UntagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '*' }, call) => access('UntagResource', ResourceARN, call),
    handle({ ResourceARN, TagKeys = [] }) {
      const arn = checkTaggable(context, ResourceARN);
      const tags = Object.entries(tagsOf(context.env).get(arn) ?? {});
      tagsOf(context.env).put(arn, Object.fromEntries(tags.filter(([key]) => !TagKeys.includes(key))));
      return {};
    },
  });
