/** An API as CreateRestApi and an import begin it: a root, and the models that every API has. */
import type { CreateRestApiRequest } from '@aws-sdk/client-api-gateway';
import { builtInModels } from './api-features.ts';
import { type GatewayContext, newId } from './context.ts';
import type { ApiRecord } from './records.ts';
import { readTags } from './tags.ts';

export function newApi({ env, records }: GatewayContext, input: Partial<CreateRestApiRequest>): ApiRecord {
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
    records.resources.put([id, rootResourceId], { id: rootResourceId, pathPart: '', path: '/', methods: {} });
    for (const model of builtInModels(env)) records.models.put([id, model.name], model);
  });
  return api;
}
