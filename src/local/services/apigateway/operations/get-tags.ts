import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { taggedAt } from '../tags.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetTags.html */
export const getTags = (context: GatewayContext) =>
  operation('apigateway', 'GetTags', {
    accepts: ['resourceArn'],
    access: (input) => access(context, 'GET', `/tags/${input.resourceArn}`),
    handle(input) {
      return { tags: { ...taggedAt(context, input.resourceArn).tags } };
    },
  });
