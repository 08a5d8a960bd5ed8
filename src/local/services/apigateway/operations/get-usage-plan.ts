import { operation } from '../../../service.ts';
import { access, type GatewayContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { shownUsagePlan } from '../shown.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetUsagePlan.html */
export const getUsagePlan = (context: GatewayContext) =>
  operation('apigateway', 'GetUsagePlan', {
    accepts: 'all',
    access: (input) => access(context, 'GET', `/usageplans/${input.usagePlanId}`),
    handle(input) {
      const plan = context.records.usagePlans.get(input.usagePlanId ?? '');
      if (!plan) throw notFound('Usage Plan');
      return shownUsagePlan(plan);
    },
  });
