import { operation } from '../../../service.ts';
import { access, findResource, type GatewayContext } from '../context.ts';
import { shownResource } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetResource.html */
export const getResource = (context: GatewayContext) =>
  operation('apigateway', 'GetResource', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/restapis/${input.restApiId}/resources/${input.resourceId}`),
    handle(input) {
      return shownResource(
        findResource(context, input.restApiId, input.resourceId),
        input.embed?.includes('methods') ?? false,
      );
    },
  });
