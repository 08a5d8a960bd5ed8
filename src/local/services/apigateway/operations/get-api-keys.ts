import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownApiKey } from '../shown.ts';
import { stagesOfKey } from '../usage-plan-features.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetApiKeys.html */
export const getApiKeys = (context: GatewayContext) =>
  operation('apigateway', 'GetApiKeys', {
    accepts: 'all',
    access: () => access(context, 'GET', '/apikeys'),
    handle(input) {
      const found = [...context.records.apiKeys.values()].filter(
        (key) =>
          (!input.nameQuery || key.name.startsWith(input.nameQuery)) &&
          (!input.customerId || key.customerId === input.customerId),
      );
      const { items, position } = page(found, input);
      return {
        items: items.map((key) =>
          shownApiKey(key, stagesOfKey(context, key.id), input.includeValues ?? false),
        ),
        position,
      };
    },
  });
