import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { applyPatches, isTrue } from '../patch.ts';
import { shownApiKey } from '../shown.ts';
import { stagesOfKey } from '../usage-plan-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateApiKey.html */
export const updateApiKey = (context: GatewayContext) =>
  operation('apigateway', 'UpdateApiKey', {
    accepts: 'all',
    access: (input) => access(context, 'PATCH', `/apikeys/${input.apiKey}`),
    handle(input) {
      const found = context.records.apiKeys.get(input.apiKey ?? '');
      if (!found) throw notFound('API Key');
      const key = {
        ...applyPatches('API keys', found, input.patchOperations, {
          name: (record, { value }) => ({ ...record, name: value }),
          description: (record, { value }) => ({ ...record, description: value }),
          enabled: (record, { value }) => ({ ...record, enabled: isTrue(value) }),
          customerId: (record, { value }) => ({ ...record, customerId: value }),
        }),
        updatedAt: context.env.clock.now(),
      };
      context.records.apiKeys.put(key.id, key);
      context.changed();
      return shownApiKey(key, stagesOfKey(context, key.id), true);
    },
  });
