import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { putTags, taggedAccess, tagsAt } from '../tags.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const untagResource = (context: LambdaContext) =>
  operation('lambda', 'UntagResource', {
    accepts: 'all',
    access: (input) => taggedAccess(context, 'UntagResource', input.Resource),
    handle(input) {
      const kept = Object.entries(tagsAt(context, input.Resource)).filter(
        ([key]) => !input.TagKeys?.includes(key),
      );
      putTags(context, input.Resource, Object.fromEntries(kept));
      return {};
    },
  });
