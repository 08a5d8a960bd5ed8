import { operation } from '../../../service.ts';
import { access, type GatewayContext, newId } from '../context.ts';
import { badRequest, conflict } from '../errors.ts';
import type { ApiKeyRecord } from '../records.ts';
import { shownApiKey } from '../shown.ts';
import { readTags } from '../tags.ts';

/** Stage keys, which usage plans replaced, are refused by name. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html */
export const createApiKey = (context: GatewayContext) =>
  operation('apigateway', 'CreateApiKey', {
    accepts: ['name', 'description', 'enabled', 'generateDistinctId', 'value', 'customerId', 'tags'],
    access: () => access(context, 'POST', '/apikeys'),
    *problems({ value }) {
      if (value !== undefined && (value.length < 20 || value.length > 128))
        yield badRequest('API Key value should be at least 20 and at most 128 characters');
    },
    handle(input) {
      const { env, records } = context;
      const value = input.value ?? `${env.randomId(20)}${env.randomId(20)}`;
      for (const other of records.apiKeys.values())
        if (other.value === value) throw conflict('API Key already exists');
      const now = env.clock.now();
      const id = newId(env);
      const key: ApiKeyRecord = {
        id,
        name: input.name ?? '',
        description: input.description,
        value,
        enabled: input.enabled ?? false,
        customerId: input.customerId,
        tags: readTags(input.tags),
        createdAt: now,
        updatedAt: now,
      };
      records.apiKeys.put(id, key);
      context.changed();
      return shownApiKey(key, [], true);
    },
  });
