import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlanKeys.html */
export const getUsagePlanKeys = (context: GatewayContext) =>
  operation('apigateway', 'GetUsagePlanKeys', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/usageplans/${input.usagePlanId}/keys`),
    handle(input) {
      const { records } = context;
      const planId = input.usagePlanId ?? '';
      if (!records.usagePlans.has(planId)) throw notFound('Usage Plan');
      const keys = [...records.usagePlanKeys.entries({ prefix: planId })].flatMap(([[, id]]) => {
        const key = records.apiKeys.get(String(id));
        return key && (!input.nameQuery || key.name.startsWith(input.nameQuery)) ? [key] : [];
      });
      const { items, position } = page(keys, input);
      return { items: items.map((key) => ({ id: key.id, type: 'API_KEY', name: key.name })), position };
    },
  });
