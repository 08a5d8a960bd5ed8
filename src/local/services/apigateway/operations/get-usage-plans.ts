import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { page } from '../paging.ts';
import { shownUsagePlan } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlans.html */
export const getUsagePlans = (context: GatewayContext) =>
  operation('apigateway', 'GetUsagePlans', {
    accepts: 'all',
    access: () => access(context, 'GET', '/usageplans'),
    handle(input) {
      const all = [...context.records.usagePlans.values()].filter(
        (plan) => !input.keyId || context.records.usagePlanKeys.has([plan.id, input.keyId]),
      );
      const { items, position } = page(all, input);
      return { items: items.map(shownUsagePlan), position };
    },
  });
