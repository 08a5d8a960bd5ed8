import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { readTags, taggedAt } from '../tags.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html */
export const tagResource = (context: GatewayContext) =>
  operation('apigateway', 'TagResource', {
    accepts: 'all',
    access: (input) => access(context, 'PUT', `/tags/${input.resourceArn}`),
    handle(input) {
      const tagged = taggedAt(context, input.resourceArn);
      tagged.put(readTags({ ...tagged.tags, ...input.tags }));
      return {};
    },
  });
