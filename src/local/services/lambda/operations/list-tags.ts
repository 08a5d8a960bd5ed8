import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';
import { taggedAccess, tagsAt } from '../tags.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const listTags = (context: LambdaContext) =>
  operation('lambda', 'ListTags', {
    accepts: 'all',
    access: (input) => taggedAccess(context, 'ListTags', input.Resource),
    handle(input) {
      return { Tags: { ...tagsAt(context, input.Resource) } };
    },
  });
