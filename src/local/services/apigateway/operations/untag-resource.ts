import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { taggedAt } from '../tags.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UntagResource.html */
export const untagResource = (context: GatewayContext) =>
  operation('apigateway', 'UntagResource', {
    accepts: 'all',
    access: (input) => access(context, 'DELETE', `/tags/${input.resourceArn}`),
    handle(input) {
      const tagged = taggedAt(context, input.resourceArn);
      const kept = Object.entries(tagged.tags).filter(([key]) => !input.tagKeys?.includes(key));
      tagged.put(Object.fromEntries(kept));
      return {};
    },
  });
