import { operation } from '../../../service.ts';
import { access, type HttpApiContext } from '../context.ts';
import { taggedAt } from '../tags.ts';

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/tags-resource-arn.html#GetTags */
export const getTags = (context: HttpApiContext) =>
  operation('apigatewayv2', 'GetTags', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/tags/${input.ResourceArn}`),
    handle: (input) => ({ Tags: { ...taggedAt(context, input.ResourceArn).tags } }),
  });
