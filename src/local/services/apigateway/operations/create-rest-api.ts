import { operation } from '../../../service.ts';
import { apiProblems } from '../api-features.ts';
import { access, type GatewayContext } from '../context.ts';
import { newApi } from '../new-api.ts';
import { shownApi } from '../shown.ts';

/** Private endpoints, compression and cloning are refused by name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
export const createRestApi = (context: GatewayContext) =>
  operation('apigateway', 'CreateRestApi', {
    accepts: [
      'name',
      'description',
      'version',
      'binaryMediaTypes',
      'minimumCompressionSize',
      'apiKeySource',
      'endpointConfiguration',
      'policy',
      'tags',
      'disableExecuteApiEndpoint',
    ],
    access: () => access(context, 'POST', '/restapis'),
    problems: apiProblems,
    handle: (input) => shownApi(newApi(context, input)),
  });
