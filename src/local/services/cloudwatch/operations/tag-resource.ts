import { operation } from '../../../service.ts';
import { access, type CloudWatchContext, putTags } from '../context.ts';
import { checkTaggable } from '../taggable.ts';

export const tagResource = (context: CloudWatchContext) =>
  operation('cloudwatch', 'TagResource', {
    accepts: 'all',
    access: ({ ResourceARN = '*' }, call) => access('TagResource', ResourceARN, call),
    handle({ ResourceARN, Tags }) {
      putTags(context.env, checkTaggable(context, ResourceARN), Tags);
      return {};
    },
  });
