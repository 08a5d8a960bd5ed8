import { operation } from '../../../service.ts';
import { access, type HttpApiContext } from '../context.ts';
import { taggedAt } from '../tags.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/tags-resource-arn.html#UntagResource */
export const untagResource = (context: HttpApiContext) =>
  operation('apigatewayv2', 'UntagResource', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/tags/${input.ResourceArn}`),
    handle(input) {
      const tagged = taggedAt(context, input.ResourceArn);
      const gone = new Set(input.TagKeys);
      tagged.put(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !gone.has(key))));
      return {};
    },
  });
