import { operation } from '../../../service.ts';
import { apiProblems, builtInModels } from '../api-features.ts';
import { access, type GatewayContext, newId } from '../context.ts';
import type { ApiRecord } from '../records.ts';
import { shownApi } from '../shown.ts';
import { readTags } from '../tags.ts';

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
    handle(input) {
      const { env, records } = context;
      const id = newId(env);
      const rootResourceId = newId(env);
      const api: ApiRecord = {
        id,
        name: input.name ?? '',
        description: input.description,
        version: input.version,
        createdAt: env.clock.now(),
        binaryMediaTypes: input.binaryMediaTypes ?? [],
        apiKeySource: input.apiKeySource ?? 'HEADER',
        endpointTypes: input.endpointConfiguration?.types ?? ['EDGE'],
        ipAddressType: input.endpointConfiguration?.ipAddressType,
        policy: input.policy || undefined,
        disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
        rootResourceId,
        tags: readTags(input.tags),
      };
      env.store.transaction(() => {
        records.apis.put(id, api);
        records.resources.put([id, rootResourceId], {
          id: rootResourceId,
          pathPart: '',
          path: '/',
          methods: {},
        });
        for (const model of builtInModels(env)) records.models.put([id, model.name], model);
      });
      return shownApi(api);
    },
  });
