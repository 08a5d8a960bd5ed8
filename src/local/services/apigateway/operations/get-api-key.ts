import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { shownApiKey } from '../shown.ts';
import { stagesOfKey } from '../usage-plan-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKey.html */
export const getApiKey = (context: GatewayContext) =>
  operation('apigateway', 'GetApiKey', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/apikeys/${input.apiKey}`),
    handle(input) {
      const key = context.records.apiKeys.get(input.apiKey ?? '');
      if (!key) throw notFound('API Key');
      return shownApiKey(key, stagesOfKey(context, key.id), input.includeValue ?? false);
    },
  });
