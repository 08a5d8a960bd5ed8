import { operation } from '../../../service.ts';
import { access, type HttpApiContext } from '../context.ts';
import { readTags, taggedAt } from '../tags.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/tags-resource-arn.html#TagResource */
export const tagResource = (context: HttpApiContext) =>
  operation('apigatewayv2', 'TagResource', {
    accepts: 'all',
    access: (input) => access(context, 'POST', `/tags/${input.ResourceArn}`),
    handle(input) {
      const tagged = taggedAt(context, input.ResourceArn);
      tagged.put(readTags({ ...tagged.tags, ...input.Tags }));
      return {};
    },
  });
