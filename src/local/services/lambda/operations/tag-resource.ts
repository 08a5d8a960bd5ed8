import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { putTags, taggedAccess, tagsAt } from '../tags.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const tagResource = (context: LambdaContext) =>
  operation('lambda', 'TagResource', {
    accepts: 'all',
    access: (input) => taggedAccess(context, 'TagResource', input.Resource),
    handle(input) {
      putTags(context, input.Resource, { ...tagsAt(context, input.Resource), ...input.Tags });
      return {};
    },
  });
